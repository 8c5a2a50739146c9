//! The models that a served page has: those of the proxy.

use super::running::start;
use super::{places, site};
use std::fs;

#[test]
fn the_page_is_given_the_models_that_the_proxy_signs_for() {
    let site = site::folder("site-with-models");
    fs::create_dir_all(site.join("models/aws")).unwrap();
    for file in ["models/aws/index.json", "models/aws/of-the-page.json"] {
        fs::write(site.join(file), r#"{"services":{}}"#).unwrap();
    }
    let models = places::folder("site-with-models-beside");
    let file = models.join("index.json");
    let own = fs::read(&file).unwrap();
    fs::write(models.with_file_name("secret.txt"), "not for the web").unwrap();
    let alone = start(|config| config.site = Some(site.clone().into()));
    assert_eq!(
        alone.get("/models/aws/index.json").body,
        br#"{"services":{}}"#
    );
    let both = start(|config| {
        config.site = Some(site.into());
        config.models = Some(models);
    });
    assert_eq!(both.get("/models/aws/index.json").body, own);
    assert_eq!(both.get("/boot.js").body, b"the content of boot.js");
    for path in [
        "/models/aws/of-the-page.json",
        "/models/aws/../secret.txt",
        "/models/aws//etc/hostname",
        "/models/index.json",
    ] {
        assert_eq!(both.get(path).status, 404, "{path}");
    }
}
