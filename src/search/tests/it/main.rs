//! What a few services' index finds, and in which order.
#![allow(clippy::unwrap_used)]

mod identifiers;
mod meant;

use formsmith_search::{Index, Operation, Results, highlighted};

const SERVICES: [(&str, &str, &[&str]); 6] = [
    (
        "cloud9",
        "AWS Cloud9",
        &["CreateEnvironmentEC2", "ListEnvironments"],
    ),
    (
        "ec2",
        "Amazon EC2",
        &[
            "DescribeInstances",
            "ModifyIpamPool",
            "RunInstances",
            "RunScheduledInstances",
            "TerminateInstances",
        ],
    ),
    (
        "ec2-instance-connect",
        "EC2 Instance Connect",
        &["SendSSHPublicKey"],
    ),
    (
        "glue",
        "AWS Glue",
        &["BatchDeleteTable", "DeleteTable", "DeleteTableVersion"],
    ),
    ("dynamodb", "DynamoDB", &["DeleteTable", "ListTables"]),
    (
        "post",
        "Post Office",
        &["GetIPv6Letters", "ListS3Letters", "SendLetter"],
    ),
];

/// Names as `ec2:RunInstances`, and pages by their title.
struct Console {
    index: Index,
    names: Vec<String>,
}

impl Console {
    fn empty() -> Self {
        Self {
            index: Index::new(),
            names: Vec::new(),
        }
    }

    /// Of `ec2` what people do to instances, and nothing else.
    fn of_instances() -> Self {
        let mut it = Self::empty();
        it.add_service("ec2", "EC2");
        for name in [
            "CreateTags",
            "DeleteTags",
            "DescribeInstances",
            "GetConsoleOutput",
            "ListInstances",
            "StopInstances",
            "TerminateInstances",
        ] {
            it.add("ec2", name, "");
        }
        it
    }

    fn add_service(&mut self, name: &str, title: &str) {
        self.index.add_service(name, title, &[]);
        self.names.push(name.into());
    }

    fn new() -> Self {
        let mut it = Self::empty();
        for (name, title, operations) in SERVICES {
            it.add_service(name, title);
            for operation in operations {
                let title = if *operation == "SendLetter" {
                    "Mail a letter"
                } else {
                    ""
                };
                it.add(name, operation, title);
            }
        }
        it.index.add_page("All services");
        it.index.add_page("History");
        it.names
            .extend(["All services", "History"].map(str::to_owned));
        it
    }

    fn add(&mut self, service: &str, name: &str, title: &str) {
        let reads = ["Describe", "Get", "List"]
            .iter()
            .any(|verb| name.starts_with(verb));
        self.index.add_operation(Operation {
            name,
            title,
            reads,
            is_built_in: false,
        });
        self.names.push(format!("{service}:{name}"));
    }

    fn results(&self, query: &str) -> Results {
        self.index.find(query, 5, |_| false)
    }

    /// Of all kinds, the best first.
    fn found(&self, query: &str) -> Vec<&str> {
        self.named(self.results(query))
    }

    fn named(&self, results: Results) -> Vec<&str> {
        results
            .best()
            .iter()
            .map(|it| self.names[it.item].as_str())
            .collect()
    }

    fn first(&self, query: &str) -> &str {
        self.found(query).first().copied().unwrap_or_default()
    }
}

#[test]
fn the_service_that_is_called_so_stands_before_those_that_have_it_in_their_names() {
    let console = Console::new();
    assert_eq!(console.found("ec2")[0], "ec2");
    assert_eq!(console.first("dynamo db"), "dynamodb");
    assert_eq!(console.first("elastic compute cloud"), "ec2");
}

#[test]
fn an_operation_is_found_by_its_name_its_words_its_title_and_its_command() {
    let console = Console::new();
    let ways = [
        "RunInstances",
        "runinstances",
        "run instances",
        "instances run",
        "run instance",
        "RUN INST",
        "ec2 run-instances",
        "aws ec2 run-instances",
        "aws --profile a ec2 run-instances --image-id ami-1 --count 1",
        "aws ec2 run-instances file.json",
        "ec2:RunInstances",
        "ec2.run_instances",
        "launch an instance",
        "run instnaces",
    ];
    for way in ways {
        assert_eq!(console.first(way), "ec2:RunInstances", "{way}");
    }
    assert_eq!(console.first("mail letter"), "post:SendLetter");
}

#[test]
fn words_of_names_are_acronyms_too() {
    let console = Console::new();
    assert_eq!(console.first("s3 letters"), "post:ListS3Letters");
    assert_eq!(console.first("ipv6"), "post:GetIPv6Letters");
}

#[test]
fn one_letter_may_be_wrong_in_a_word_and_two_in_a_long_one() {
    let console = Console::new();
    assert_eq!(console.first("dynamobd list tabels"), "dynamodb:ListTables");
    assert_eq!(
        console.first("terminaet instances"),
        "ec2:TerminateInstances"
    );
    assert_eq!(console.first("trminat"), "ec2:TerminateInstances");
    // Too short to be anything else.
    assert_eq!(console.found("sxx"), Vec::<&str>::new());
    assert_eq!(console.found("rxnxinstances"), Vec::<&str>::new());
}

#[test]
fn what_people_say_is_what_names_say_and_less_than_the_name_itself() {
    let mut console = Console::new();
    assert_eq!(console.first("remove table"), "dynamodb:DeleteTable");
    assert_eq!(console.first("list instances"), "ec2:DescribeInstances");
    console.add_service("own", "Own");
    console.add("own", "RemoveTable", "");
    assert_eq!(console.first("own remove table"), "own:RemoveTable");
}

#[test]
fn the_whole_name_stands_before_a_longer_one_and_what_is_used_more_before_the_rest() {
    let console = Console::new();
    let found = console.found("delete table");
    let expected = [
        "dynamodb:DeleteTable",
        "glue:DeleteTable",
        "glue:BatchDeleteTable",
        "glue:DeleteTableVersion",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_the_person_has_used_stands_before_what_fits_as_well() {
    let console = Console::new();
    let glue = console
        .names
        .iter()
        .position(|name| name == "glue:DeleteTable")
        .unwrap();
    let results = console.index.find("delete table", 5, |item| item == glue);
    assert_eq!(console.named(results)[0], "glue:DeleteTable");
}

#[test]
fn what_is_named_stands_before_what_the_person_has_used() {
    let console = Console::new();
    let used = |names: &[&str], query: &str| {
        let is_used = |item: usize| names.contains(&console.names[item].as_str());
        let results = console.index.find(query, 5, is_used);
        console.named(results)[0].to_owned()
    };
    let longer = &["glue:DeleteTableVersion", "glue:BatchDeleteTable"];
    assert_eq!(used(longer, "aws glue delete-table"), "glue:DeleteTable");
    let meant = &["dynamodb:ListTables", "ec2:RunScheduledInstances"];
    assert_eq!(used(meant, "RunInstances"), "ec2:RunInstances");
}

#[test]
fn a_word_that_says_nothing_begins_no_other() {
    let mut console = Console::new();
    console.add("post", "DeleteTableAlias", "");
    assert_eq!(console.first("delete a table"), "dynamodb:DeleteTable");
}

#[test]
fn what_a_service_is_called_may_be_a_part_of_a_name() {
    let mut console = Console::new();
    let names = ["AWS SFN".to_owned()];
    console
        .index
        .add_service("stepfunctions", "Step Functions", &names);
    console.names.push("stepfunctions".into());
    console.add("stepfunctions", "CreateActivity", "");
    console.add("stepfunctions", "CreateStateMachine", "");
    let first = console.first("create state machine");
    assert_eq!(first, "stepfunctions:CreateStateMachine");
}

#[test]
fn a_service_is_found_by_what_its_model_calls_it() {
    let mut console = Console::new();
    let names = ["ServiceDiscovery", "AWS Cloud Map"].map(str::to_owned);
    console.index.add_service("sd", "Cloud Map", &names);
    console.names.push("sd".into());
    console.add("sd", "ListNamespaces", "");
    for query in [
        "cloud map",
        "cloudmap",
        "servicediscovery",
        "ServiceDiscovery",
    ] {
        assert_eq!(console.first(query), "sd", "{query}");
    }
    assert_eq!(
        console.first("service discovery namespaces"),
        "sd:ListNamespaces"
    );
}

#[test]
fn pages_are_found_by_their_titles() {
    let console = Console::new();
    assert_eq!(console.first("hist"), "History");
    assert_eq!(console.first("services"), "All services");
}

#[test]
fn of_several_words_one_may_be_unknown_and_of_unknown_words_nothing_comes() {
    let console = Console::new();
    assert_eq!(console.first("delete wibbly table"), "dynamodb:DeleteTable");
    assert_eq!(console.found("frobnicate"), Vec::<&str>::new());
    assert_eq!(
        console.found("frobnicate quuxes tables"),
        Vec::<&str>::new()
    );
    for nothing in ["", "  ", "--", "aws --region x", "?!"] {
        assert_eq!(console.results(nothing), Results::default(), "{nothing:?}");
    }
}

#[test]
fn no_text_breaks_it() {
    let console = Console::new();
    let texts = [
        "é",
        "日本語 テーブル",
        "a\u{301}",
        "İstanbul",
        "ß",
        "\u{0}",
        "- - -",
        "🦀 run",
    ];
    for text in texts {
        let results = console.results(text);
        assert!(results.count < console.names.len(), "{text}");
        assert_eq!(
            highlighted(text, text)
                .iter()
                .map(|it| it.0)
                .collect::<String>(),
            text
        );
    }
    console.results(&"run ".repeat(500));
    console.results(&"x".repeat(5000));
}

#[test]
fn at_most_so_many_of_a_kind_are_given_and_all_are_counted() {
    let console = Console::new();
    let results = console.index.find("table", 2, |_| false);
    assert_eq!((results.operations.len(), results.count), (2, 5));
    assert!(results.operations[0].score >= results.operations[1].score);
}

#[test]
fn beginnings_of_words_are_marked() {
    let marked = |title, query| {
        let pieces = highlighted(title, query);
        pieces
            .iter()
            .map(|(piece, is_marked)| {
                if *is_marked {
                    format!("[{piece}]")
                } else {
                    (*piece).to_owned()
                }
            })
            .collect::<String>()
    };
    assert_eq!(marked("Delete a table", "delete tab"), "[Delete] a [tab]le");
    assert_eq!(
        marked("S3 Tables", "aws s3tables list-tables"),
        "S3 [Tables]"
    );
    assert_eq!(marked("Größe, größer", "größ"), "[Größ]e, [größ]er");
    assert_eq!(marked("History", "x"), "History");
}
