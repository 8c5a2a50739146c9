//! What is meant by words that no name has so.

use crate::Console;

#[test]
fn to_tag_is_a_verb_and_what_gives_tags_to_anything_gives_them_to_what_its_service_has() {
    let console = Console::of_instances();
    assert_eq!(console.first("tag ec2 instance"), "ec2:CreateTags");
    assert_eq!(console.first("untag ec2 instance"), "ec2:DeleteTags");
    // No service has these.
    assert_eq!(console.results("tag wibbly frobnication").count, 0);
}

#[test]
fn what_people_say_may_be_several_words() {
    let mut console = Console::new();
    console.add("post", "GetCallerIdentity", "");
    assert_eq!(console.found("who am i"), ["post:GetCallerIdentity"]);
}

#[test]
fn one_or_two_letters_begin_words_only_while_they_are_typed() {
    let console = Console::new();
    assert_eq!(console.first("list ta"), "dynamodb:ListTables");
    assert_eq!(console.results("li zz").count, 0);
}

#[test]
fn what_fits_much_worse_than_the_best_is_not_counted() {
    let mut console = Console::new();
    console.add("post", "Tab", "");
    console.add("post", "TabulateEverythingThereIs", "");
    let results = console.results("tab");
    assert_eq!(console.named(results)[0], "post:Tab");
    assert!(
        !console
            .found("tab")
            .contains(&"post:TabulateEverythingThereIs")
    );
}

#[test]
fn a_short_name_with_a_letter_wrong_is_near_to_services() {
    let console = Console::new();
    let like = |name| {
        let found = console.index.services_like(name, 3).into_iter();
        found
            .map(|it| console.names[it.item].as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(like("ec3"), ["ec2"]);
    assert_eq!(like("glui"), ["glue"]);
    assert_eq!(like("dynamobd"), ["dynamodb"]);
    assert_eq!(like("frobnicate"), [""; 0]);
    assert_eq!(like("x"), [""; 0]);
}
