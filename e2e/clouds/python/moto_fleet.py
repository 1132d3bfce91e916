"""Creates clusters with boto3, so that there is something to find; prints what it made."""

import boto3

from calls import settings, tell

GIVEN = settings()


def client(service, region):
    return boto3.client(service, region_name=region, endpoint_url=GIVEN["endpoint"])


def create(region, name, pools):
    ec2 = client("ec2", region)
    vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.20.{index}.0/24", AvailabilityZone=region + zone)["Subnet"]["SubnetId"]
        for index, zone in enumerate("ab")
    ]
    eks = client("eks", region)
    role = "arn:aws:iam::123456789012:role/eks"
    eks.create_cluster(name=name, roleArn=role, version="1.35", resourcesVpcConfig={"subnetIds": subnets}, tags={"made-by": "boto3"})
    for pool in pools:
        eks.create_nodegroup(
            clusterName=name,
            nodegroupName=pool,
            nodeRole=role,
            subnets=subnets,
            instanceTypes=["m5.large"],
            scalingConfig={"minSize": 1, "maxSize": 5, "desiredSize": 2},
        )
    return {"vpc": vpc, "subnets": subnets}


for cluster in GIVEN["clusters"]:
    tell(cluster["name"], lambda: create(cluster["region"], cluster["name"], cluster["pools"]))
