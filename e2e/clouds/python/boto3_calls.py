"""boto3 reads an emulated AWS: lists, pages, details, and errors as typed exceptions."""

import boto3
from botocore.config import Config

from calls import settings, tell

GIVEN = settings()
ENDPOINT, REGION = GIVEN["endpoint"], GIVEN["region"]
CLUSTER, POOL, ROLE = GIVEN["cluster"], GIVEN["pool"], GIVEN["role"]
CONFIG = Config(retries={"total_max_attempts": 1, "mode": "standard"}, read_timeout=20)


def client(service, region=REGION, **more):
    return boto3.client(service, region_name=region, endpoint_url=ENDPOINT, config=CONFIG, **more)


def pages(service, operation, key, region=REGION, **arguments):
    """Every item, and how many pages it took."""
    found = list(client(service, region).get_paginator(operation).paginate(**arguments))
    return {"pages": len(found), "items": [item for page in found for item in page[key]]}


def refusal(call):
    """The code that a client's typed exception carries."""
    try:
        call()
    except Exception as error:
        answer = error.response
        return {
            "type": type(error).__name__,
            "code": answer["Error"]["Code"],
            "status": answer["ResponseMetadata"]["HTTPStatusCode"],
            "hasRequestId": bool(answer["ResponseMetadata"].get("RequestId")),
        }
    raise AssertionError("the call passed")


def active():
    client("eks").get_waiter("cluster_active").wait(name=CLUSTER, WaiterConfig={"Delay": 1, "MaxAttempts": 2})
    return True


def as_role():
    keys = client("sts").assume_role(RoleArn=ROLE, RoleSessionName="independent")["Credentials"]
    inside = client(
        "sts",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    return inside.get_caller_identity()["Account"]


WRONG = {"aws_access_key_id": GIVEN["accessKeyId"], "aws_secret_access_key": "wrong"}
EKS = client("eks")
EC2 = client("ec2")
NETWORK = EKS.describe_cluster(name=CLUSTER)["cluster"]["resourcesVpcConfig"]
SUBNETS, VPC = NETWORK["subnetIds"], NETWORK["vpcId"]

tell("eks.list_clusters", lambda: pages("eks", "list_clusters", "clusters", include=["all"]))
tell("eks.list_clusters, two a page", lambda: pages("eks", "list_clusters", "clusters", PaginationConfig={"PageSize": 2}))
tell("eks.describe_cluster", lambda: EKS.describe_cluster(name=CLUSTER)["cluster"])
tell("eks.waiter cluster_active", active)
tell("eks.list_nodegroups", lambda: pages("eks", "list_nodegroups", "nodegroups", clusterName=CLUSTER, PaginationConfig={"PageSize": 1}))
tell("eks.describe_nodegroup", lambda: EKS.describe_nodegroup(clusterName=CLUSTER, nodegroupName=POOL)["nodegroup"])
tell("eks.describe_cluster of an absent one", lambda: refusal(lambda: EKS.describe_cluster(name="absent")))
tell("eks.list_clusters with a wrong secret", lambda: refusal(lambda: client("eks", **WRONG).list_clusters()))
tell("eks.list_clusters in a denied region", lambda: refusal(lambda: client("eks", GIVEN["deniedRegion"]).list_clusters()))
tell("ec2.describe_regions", lambda: EC2.describe_regions()["Regions"])
tell("ec2.describe_regions, all", lambda: EC2.describe_regions(AllRegions=True)["Regions"])
tell("ec2.describe_availability_zones", lambda: EC2.describe_availability_zones()["AvailabilityZones"])
tell("ec2.describe_subnets", lambda: EC2.describe_subnets(SubnetIds=SUBNETS)["Subnets"])
tell("ec2.describe_vpcs", lambda: EC2.describe_vpcs(VpcIds=[VPC])["Vpcs"])
tell("ec2.describe_vpcs of an absent one", lambda: refusal(lambda: EC2.describe_vpcs(VpcIds=["vpc-0123456789abcdef0"])))
tell(
    "ec2.describe_spot_price_history",
    lambda: pages(
        "ec2",
        "describe_spot_price_history",
        "SpotPriceHistory",
        InstanceTypes=[GIVEN["instanceType"]],
        ProductDescriptions=["Linux/UNIX"],
    ),
)
tell("sts.get_caller_identity", lambda: client("sts").get_caller_identity())
tell("sts.assume_role, and a call with its keys", as_role)
tell("sts.assume_role of a role that is not there", lambda: refusal(lambda: client("sts").assume_role(RoleArn=ROLE + "-not", RoleSessionName="independent")))
tell(
    "pricing.get_products",
    lambda: pages(
        "pricing",
        "get_products",
        "PriceList",
        region="us-east-1",
        ServiceCode="AmazonEC2",
        Filters=[
            {"Type": "TERM_MATCH", "Field": "regionCode", "Value": REGION},
            {"Type": "TERM_MATCH", "Field": "instanceType", "Value": GIVEN["instanceType"]},
        ],
    ),
)
tell("service-quotas.list_service_quotas", lambda: pages("service-quotas", "list_service_quotas", "Quotas", ServiceCode="ec2"))
tell("organizations.list_accounts", lambda: pages("organizations", "list_accounts", "Accounts", region="us-east-1"))
