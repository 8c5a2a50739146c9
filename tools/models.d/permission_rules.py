"""What names alone don't say of the permissions that operations need."""

# Members that hold what an ARN calls by another name: by service and placeholder.
MEMBERS = {
    "dynamodb": {"TableName": ("keys(RequestItems)",)},
    "ec2": {
        "SecurityGroupId": ("GroupId", "GroupIds[]"),
        "KeyPairName": ("KeyName",),
    },
    "rds": {
        "DbClusterInstanceName": ("DBClusterIdentifier",),
        "SnapshotName": ("DBSnapshotIdentifier",),
        "ClusterSnapshotName": ("DBClusterSnapshotIdentifier",),
        "SubnetGroupName": ("DBSubnetGroupName",),
        "ParameterGroupName": ("DBParameterGroupName",),
        "ClusterParameterGroupName": ("DBClusterParameterGroupName",),
    },
    "s3": {"ObjectName": ("Key", "Delete.Objects[].Key")},
    "ssm": {"ParameterNameWithoutLeadingSlash": ("Name", "Names[]")},
}

# Actions that an operation takes on another resource than the one that its own members name.
ELSEWHERE = {
    "kms": {"ReEncrypt": ("kms:ReEncryptTo",)},
    "s3": {
        "CopyObject": ("s3:GetObject",),
        "RenameObject": ("s3:GetObject",),
        "UploadPartCopy": ("s3:GetObject",),
    },
}

# What stands in ARNs beside what people call a thing by.
TEMPLATES = {
    # Six characters that Secrets Manager draws.
    "secretsmanager": ("secret:${SecretId}", "secret:${SecretId}-??????"),
    # What is asked for of a group is asked for of the streams in it.
    "logs": ("log-group:${LogGroupName}", "log-group:${LogGroupName}:*"),
}

# Their actions are methods of HTTP, and their resources are paths.
BY_METHOD = {"apigateway", "apigatewayv2"}
