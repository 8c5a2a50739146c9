//! The classes of operations, against the file that they are made of.

use formsmith_api::class::Class;
use formsmith_api::evidence::{Evidence, ruling};
use std::collections::{HashMap, HashSet};

const FILE: &str = include_str!("../../curated/classes/classes.txt");

/// Each operation of the file: service, name, word of the class.
fn listed() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let lines = FILE.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let mut words = line.split(' ');
        let (service, name) = words.next().unwrap().split_once(':').unwrap();
        (service, name, words.next().unwrap())
    })
}

#[test]
fn every_operation_has_the_class_of_the_file() {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (service, name, word) in listed() {
        assert_eq!(Class::of(service, name).word(), word, "{service}:{name}");
        *counts.entry(word).or_default() += 1;
    }
    assert_eq!(counts.len(), Class::ALL.len(), "{counts:?}");
}

#[test]
fn what_is_unknown_writes() {
    for (service, name) in [
        ("s3", "GetObjectX"),
        ("s3", "GetObjec"),
        ("s3", "getobject"),
        ("s3", "GetObjectr"),
        ("s3", "GetObject\n"),
        ("s3", ""),
        ("S3", "GetObject"),
        ("s", "GetObject"),
        ("own-s3", "GetObject"),
        ("", ""),
        ("zzz", "Zzz"),
    ] {
        assert_eq!(Class::of(service, name), Class::Write, "{service}:{name}");
    }
    // Neither half of a line nor two of them are an operation.
    let known: HashSet<_> = listed().map(|(service, name, _)| (service, name)).collect();
    for (service, name) in &known {
        for name in [&name[1..], &name[..name.len() - 1], &format!("{name}\n")] {
            let is_known = known.contains(&(*service, name));
            assert!(
                is_known || Class::of(service, name) == Class::Write,
                "{name}"
            );
        }
    }
}

#[test]
fn classes_are_in_order_of_strictness_and_each_but_reading_has_a_flag() {
    assert!(Class::ALL.is_sorted());
    for class in Class::ALL {
        assert_eq!(Class::from_word(class.word()), Some(class));
        assert_eq!(class.flag().is_none(), class == Class::Read, "{class:?}");
    }
    assert_eq!(Class::from_word("reads"), None);
    assert_eq!(Class::of("secretsmanager", "GetSecretValue"), Class::Secret);
    assert_eq!(Class::of("sts", "AssumeRole"), Class::Credentials);
    assert_eq!(Class::of("rds-data", "ExecuteStatement"), Class::Body);
    assert_eq!(Class::of("iam", "PutRolePolicy"), Class::Permissions);
}

#[test]
fn every_word_of_the_file_is_evidence_that_can_be_told() {
    for line in FILE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .step_by(50)
    {
        let mut words = line.split(' ');
        let (service, name) = words.next().unwrap().split_once(':').unwrap();
        let evidence = Evidence::of(service, name).unwrap();
        assert_eq!(
            evidence.len(),
            words.skip(1).count(),
            "{line}: {evidence:?}"
        );
        let class = ruling(service, name).map(|(class, _)| class);
        let is_ruled = evidence.contains(&Evidence::Ruled);
        assert_eq!(class, is_ruled.then(|| Class::of(service, name)), "{line}");
    }
    assert_eq!(
        Evidence::of("accessanalyzer", "CheckNoNewAccess").unwrap(),
        [
            Evidence::AccessLevel("Read"),
            Evidence::Readonly,
            Evidence::Ruled
        ]
    );
    assert_eq!(Evidence::of("s3", "GetObjectX"), None);
}
