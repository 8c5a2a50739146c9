//! Constants of the files in `curated`.

use serde_json::Value;
use std::fs;

type Failure = Box<dyn std::error::Error>;

/// Rust that `curated.rs` of the crate includes.
pub fn constants() -> Result<String, Failure> {
    let partitions = read("partitions.json")?;
    let mut partitions: Vec<&Value> = partitions.as_array().into_iter().flatten().collect();
    let regions: Vec<Value> = partitions
        .iter()
        .flat_map(|partition| partition["regions"].as_array().into_iter().flatten())
        .cloned()
        .collect();
    // The first that fits is to be the one that fits best.
    let prefix = |partition: &Value| partition["regionPrefix"].as_str().map(str::len);
    partitions.sort_by_key(|partition| std::cmp::Reverse(prefix(partition)));
    let partitions = rows(
        &partitions,
        &["name", "regionPrefix", "dnsSuffix", "dualStackDnsSuffix"],
    )?;
    let headers = read("headers.json")?;
    let headers: Vec<&Value> = headers.as_array().into_iter().flatten().collect();
    let headers = rows(&headers, &["service", "operation", "name", "value"])?;
    let signing = read("signing.json")?;
    let inputs = read("inputs.json")?;
    let errors = read("errors.json")?;
    let secrets = read("secrets.json")?;
    let batches = read("batches.json")?;
    let unions = read("unions.json")?;
    let mut code = String::new();
    let mut constant = |name: &str, kind: &str, value: &str| {
        code.push_str(&format!("pub const {name}: &[{kind}] = &[{value}];\n"));
    };
    constant("PARTITIONS", "[&str; 4]", &partitions);
    constant("HEADERS", "[&str; 4]", &headers);
    let codes = regions.iter().map(|region| region[0].clone()).collect();
    constant("REGIONS", "&str", &texts(&Value::Array(codes))?);
    constant("PATH_AS_SENT", "&str", &texts(&signing["pathAsSent"])?);
    constant("HASH_IN_HEADER", "&str", &texts(&signing["hashInHeader"])?);
    for (pairs, constant_name) in [
        (&inputs["bareIds"], "BARE_IDS"),
        (&inputs["keyDigests"], "KEY_DIGESTS"),
        (&inputs["keysAsTheyAre"], "KEYS_AS_THEY_ARE"),
        (&unions, "UNIONS"),
    ] {
        let pairs = pairs.as_array().into_iter().flatten();
        let pairs = pairs.map(|pair| Ok(format!("[{}],", texts(pair)?)));
        constant(
            constant_name,
            "[&str; 2]",
            &pairs.collect::<Result<String, Failure>>()?,
        );
    }
    for (name, constant_name) in [("confirmed", "BATCHES"), ("noFailures", "NO_FAILURES")] {
        let services = batches[name].as_object().into_iter().flatten();
        let mut pairs = String::new();
        for (service, operations) in services {
            for operation in operations.as_array().into_iter().flatten() {
                pairs.push_str(&format!("[{:?}, {operation}],", service));
            }
        }
        constant(constant_name, "[&str; 2]", &pairs);
    }
    let forms = secrets["forms"].as_array().into_iter().flatten();
    let forms = forms.map(|form| Ok(format!("&[{}],", texts(form)?)));
    let forms = forms.collect::<Result<String, Failure>>()?;
    constant("SECRET_FORMS", "&[&str]", &forms);
    constant("TREE_HASHES", "&str", &texts(&inputs["treeHashes"])?);
    for (name, constant_name) in [
        ("throttling", "THROTTLING"),
        ("passing", "PASSING"),
        ("expired", "EXPIRED"),
        ("clock", "CLOCK"),
        ("signature", "SIGNATURE"),
        ("credentials", "CREDENTIALS"),
        ("denied", "DENIED"),
        ("dryRun", "DRY_RUN"),
        ("invalid", "INVALID"),
        ("unknownOperation", "UNKNOWN_OPERATION"),
    ] {
        let names = texts(&errors[name]).map_err(|why| format!("errors.json: {name}: {why}"))?;
        constant(constant_name, "&str", &names);
    }
    // A line each: a table of so many texts is larger.
    let names: Vec<&str> = regions.iter().filter_map(|it| it[1].as_str()).collect();
    let names = names.join("\n");
    code.push_str(&format!("pub const REGION_NAMES: &str = {names:?};\n"));
    Ok(code)
}

fn read(name: &str) -> Result<Value, Failure> {
    let text = fs::read_to_string(format!("curated/{name}"))?;
    Ok(serde_json::from_str(&text).map_err(|why| format!("curated/{name}: {why}"))?)
}

/// The members of each object, in this order; one that it lacks is empty.
fn rows(objects: &[&Value], members: &[&str]) -> Result<String, Failure> {
    let rows = objects.iter().map(|object| {
        let row: Vec<Value> = members
            .iter()
            .map(|name| {
                let member = object.get(*name).cloned();
                member.unwrap_or_else(|| "".into())
            })
            .collect();
        Ok(format!("[{}],", texts(&Value::Array(row))?))
    });
    rows.collect()
}

fn texts(list: &Value) -> Result<String, Failure> {
    let list = list.as_array().ok_or("a list is missing")?;
    let texts = list.iter().map(|text| {
        let text = text.as_str().ok_or("what stands in a list is no text")?;
        Ok(format!("{text:?},"))
    });
    texts.collect()
}
