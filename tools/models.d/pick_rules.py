"""What names alone don't say of identifiers."""

from names import identifier, joined, operation

# What an identifier's name may begin with, and is the identifier of the same kind of thing all the same.
QUALIFIERS = {
    "source", "target", "default", "primary", "parent", "existing", "original", "associated",
    "destination", "current", "base", "secondary", "child", "root", "vpc", "my",
}

# Verbs of operations that make what they are named after.
MAKES = {
    "create", "register", "import", "copy", "restore", "allocate", "request", "submit", "run", "publish",
    "provision", "issue", "generate", "clone", "start", "build", "define", "upload", "purchase",
}
# What is begun by a `Start` and named then; a `StartCrawler` starts one that is there.
BEGUN = {
    "job", "execution", "run", "task", "query", "build", "session", "import", "export", "analysis",
    "evaluation", "test", "transcription", "detection", "migration", "recording", "stream", "annotation",
    "simulation", "report", "operation", "upload", "conversion", "workflow",
}
MADE_AS = {("dbinstancereadreplica", "dbinstance")}
# Verbs of operations that put a thing to another that isn't there yet.
ADDS = {"associate", "attach", "add", "create", "register", "import", "copy", "assign", "enable"}
# Verbs of operations that change what is there already.
CHANGES = {"update", "modify", "rename", "change", "edit"}

# Too many things are called so: only a list of just these has them.
VAGUE = {
    "account", "resource", "version", "job", "task", "run", "execution", "session", "report", "request",
    "query", "operation", "event", "message", "group", "item", "type", "member",
}

# Members that say where a resource stands, and are the same for its list; in small letters.
SCOPES = {"cluster", "clustername", "catalog", "catalogid", "vpcid", "databasename", "namespace"}

# They take an ARN wherever their documentation asks for a name.
ARN_FOR_NAME = {"ecs"}

# What EC2's lists can be filtered by: the member of a form, and the filter.
VPC = {"VpcId": "vpc-id"}
OF_A_VPC = {
    "DescribeSubnets", "DescribeSecurityGroups", "DescribeRouteTables", "DescribeNetworkAcls",
    "DescribeNatGateways", "DescribeNetworkInterfaces", "DescribeVpcEndpoints",
}


def prefixes(service, document):
    """What a service calls its own things by."""
    return {service, document["metadata"].get("serviceId", service).split(" ")[-1]}


def chosen(service, name, usable):
    """Of the lists for a member those that fit where a service has two kinds of what is called alike."""
    if service == "appsync" and any(it.source.operation == "ListApis" for it in usable):
        # Event APIs have channels, all others are GraphQL's.
        is_event = joined(operation(name)[1]) in ("api", "channelnamespace")
        return [it for it in usable if (it.source.operation == "ListApis") == is_event]
    if service == "logs" and any(it.source.operation == "DescribeLogGroups" for it in usable):
        # It looks for a prefix by itself, and people may read it by policies that are older than the other.
        return [it for it in usable if it.source.operation != "ListLogGroups"]
    if service == "cloudwatch":
        # Few have composite alarms, which come first in the answer.
        return sorted(usable, key=lambda it: it.source.items == "CompositeAlarms[]")
    return usable


def filters(service, source, place):
    """The filters of a list, each with the member of the form that has its value."""
    if service != "ec2" or source.operation not in OF_A_VPC:
        return {}
    there = {member for _, _, shape in place.around for member in shape["members"]}
    return {name: member for member, name in VPC.items() if member in there}


def _of(service, operation, items, value, name=None, *about, **more):
    described = {"service": service, "operation": operation, "items": items, "value": value}
    if name:
        described["name"] = name
    if about:
        described["about"] = list(about)
    return described | more


def _here(described):
    """The same for forms of the service itself."""
    return {key: value for key, value in described.items() if key != "service"}


ROLES = _of("iam", "ListRoles", "Roles[]", "Arn", "RoleName", "Description")
NAME_TAG = "Tags[?Key=='Name'].Value | [0]"
KEYS = [
    _of("kms", "ListAliases", "Aliases[]", "TargetKeyId", "AliasName"),
    _of("kms", "ListKeys", "Keys[]", "KeyId"),
]
FUNCTIONS = _of("lambda", "ListFunctions", "Functions[]", "FunctionArn", "FunctionName", "Description", "Runtime")
TOPICS = _of("sns", "ListTopics", "Topics[]", "TopicArn")
BUCKETS = _of("s3", "ListBuckets", "Buckets[]", "Name", None, "BucketRegion")
LOG_GROUPS = "logs", "DescribeLogGroups", "logGroups[]"
POOLS = _of("cognito-idp", "ListUserPools", "UserPools[]", "Id", "Name", **{"with": {"MaxResults": 60}})

# Resources of other services, by what identifies them: the noun and the kind.
ELSEWHERE = {
    ("subnet", "id"): [
        _of("ec2", "DescribeSubnets", "Subnets[]", "SubnetId", NAME_TAG, "AvailabilityZone", "CidrBlock", "VpcId")
    ],
    ("securitygroup", "id"): [
        _of("ec2", "DescribeSecurityGroups", "SecurityGroups[]", "GroupId", "GroupName", "Description", "VpcId")
    ],
    ("vpc", "id"): [_of("ec2", "DescribeVpcs", "Vpcs[]", "VpcId", NAME_TAG, "CidrBlock")],
    ("kmskey", "id"): KEYS,
    ("kmskey", "identifier"): KEYS,
    ("kmskey", "arn"): [_of("kms", "ListKeys", "Keys[]", "KeyArn")],
    ("topic", "arn"): [TOPICS],
    ("snstopic", "arn"): [TOPICS],
    ("lambda", "arn"): [FUNCTIONS],
    ("lambdafunction", "arn"): [FUNCTIONS],
    ("bucket", "name"): [BUCKETS],
    ("s3bucket", "name"): [BUCKETS],
    ("outputbucket", "name"): [BUCKETS],
    ("loggroup", "name"): [_of(*LOG_GROUPS, "logGroupName", search="logGroupNamePrefix")],
    ("loggroup", "arn"): [_of(*LOG_GROUPS, "logGroupArn", "logGroupName", search="logGroupNamePrefix")],
    ("secretsmanagersecret", "arn"): [
        _of("secretsmanager", "ListSecrets", "SecretList[]", "ARN", "Name", "Description")
    ],
    ("connectinstance", "id"): [_of("connect", "ListInstances", "InstanceSummaryList[]", "Id", "InstanceAlias")],
    ("connectinstance", "arn"): [_of("connect", "ListInstances", "InstanceSummaryList[]", "Arn", "InstanceAlias")],
    ("userpool", "id"): [POOLS],
    ("cognitouserpool", "id"): [POOLS],
}
# Services whose things only sound like those.
NOT_ELSEWHERE = {"lightsail", "s3control", "snowball", "s3outposts", "macie2", "outposts", "iam", "rolesanywhere"}


# What people give tags to, of all that EC2 gives them to.
TAGGED = [
    _here(_of("ec2", *it))
    for it in (
        ("DescribeInstances", "Reservations[].Instances[]", "InstanceId", NAME_TAG, "State.Name", "InstanceType"),
        ("DescribeVolumes", "Volumes[]", "VolumeId", NAME_TAG, "State", "VolumeType"),
        ("DescribeNetworkInterfaces", "NetworkInterfaces[]", "NetworkInterfaceId", None, "Description", "VpcId"),
        ("DescribeSecurityGroups", "SecurityGroups[]", "GroupId", "GroupName", "Description", "VpcId"),
        ("DescribeSubnets", "Subnets[]", "SubnetId", NAME_TAG, "AvailabilityZone", "CidrBlock"),
        ("DescribeVpcs", "Vpcs[]", "VpcId", NAME_TAG, "CidrBlock"),
        ("DescribeAddresses", "Addresses[]", "AllocationId", NAME_TAG, "PublicIp"),
        ("DescribeRouteTables", "RouteTables[]", "RouteTableId", NAME_TAG, "VpcId"),
    )
]


def own(service, place):
    """Lists of a service for its own resources that have better names than one would find, or that
    names don't lead to."""
    if service == "ec2" and place.member == "Resources":
        return TAGGED
    if service == "kms" and place.member in ("KeyId", "TargetKeyId"):
        return list(map(_here, KEYS))
    return []


def elsewhere(service, name, place):
    """Lists of other services for a member."""
    parts, kind = identifier(place.member)
    reference = place.around[0][2]["members"].get(place.member)
    if not kind and reference:
        # `Role`, whose shape is a `RoleArn`.
        its, of = identifier(reference["shape"])
        if of and its == parts:
            kind = of
    if not kind or service in NOT_ELSEWHERE or not parts:
        return []
    if kind == "arn" and parts[-1] == "role":
        return [ROLES]
    while parts:
        found = ELSEWHERE.get((joined(parts), kind))
        if found:
            return [it for it in found if it["service"] != service]
        if parts[0] not in QUALIFIERS:
            break
        parts = parts[1:]
    return []
