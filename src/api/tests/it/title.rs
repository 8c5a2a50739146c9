//! Titles of AWS's services.

use formsmith_api::title::of_service;

#[test]
fn a_title_is_what_people_say() {
    for (name, names, title) in [
        (
            "ec2",
            ["Amazon EC2", "Amazon Elastic Compute Cloud", "EC2"],
            "EC2",
        ),
        ("lambda", ["AWS Lambda", "", "Lambda"], "Lambda"),
        (
            "savingsplans",
            ["AWSSavingsPlans", "AWS Savings Plans", "savingsplans"],
            "Savings Plans",
        ),
        (
            "route53resolver",
            [
                "Route53Resolver",
                "Amazon Route 53 Resolver",
                "Route53Resolver",
            ],
            "Route 53 Resolver",
        ),
        (
            "pricing-plan-manager",
            ["PricingPlanManager", "", "Pricing Plan Manager"],
            "Pricing Plan Manager",
        ),
        ("signer", ["signer", "AWS Signer", "signer"], "Signer"),
        ("mq", ["AmazonMQ", "", "mq"], "MQ"),
        (
            "partnercentral-selling",
            ["Partner Central Selling API", "", "PartnerCentral Selling"],
            "Partner Central Selling",
        ),
        // What the model calls it is of no use.
        (
            "stepfunctions",
            ["AWS SFN", "AWS Step Functions", "SFN"],
            "Step Functions",
        ),
        (
            "servicediscovery",
            ["ServiceDiscovery", "AWS Cloud Map", "ServiceDiscovery"],
            "Cloud Map",
        ),
        // Another service's words, and words that only begin so.
        ("awsome", ["AWSome Boats", "", "AWSome"], "AWSome Boats"),
        ("amazonia", ["Amazonia", "", "Amazonia"], "Amazonia"),
        ("none", ["", "", ""], ""),
    ] {
        assert_eq!(of_service(name, &names), title, "{name}");
    }
}
