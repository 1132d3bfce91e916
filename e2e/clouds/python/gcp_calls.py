"""google-cloud-container reads an emulated Google Cloud, over REST."""

from google.api_core import exceptions
from google.api_core.client_options import ClientOptions
from google.cloud import container_v1
from google.oauth2.credentials import Credentials

from calls import settings, tell

GIVEN = settings()
PROJECT, LOCATION, ZONE = GIVEN["project"], GIVEN["location"], GIVEN["zone"]
HERE = f"projects/{PROJECT}/locations/{LOCATION}"
PROD = f"{HERE}/clusters/{GIVEN['cluster']}"


def client(credentials=None):
    return container_v1.ClusterManagerClient(
        credentials=credentials or Credentials(token=GIVEN["token"]),
        transport="rest",
        client_options=ClientOptions(api_endpoint=GIVEN["endpoint"]),
    )


def told(message):
    return type(message).to_dict(message, use_integers_for_enums=False)


def refusal(call):
    """The class that the client makes of an error, and what it read of the body."""
    try:
        call()
    except exceptions.GoogleAPICallError as error:
        return {"type": type(error).__name__, "status": int(error.code), "reason": error.reason, "message": error.message}
    raise AssertionError("the call passed")


GKE = client()
USER = {**GIVEN["user"], "token_uri": f"{GIVEN['endpoint']}/token"}


def clusters(parent):
    answer = GKE.list_clusters(parent=parent)
    return {"names": sorted(cluster.name for cluster in answer.clusters), "missingZones": list(answer.missing_zones)}


def clusters_as(credentials):
    return sorted(cluster.name for cluster in client(credentials).list_clusters(parent=HERE).clusters)


tell("list_clusters, everywhere", lambda: clusters(f"projects/{PROJECT}/locations/-"))
tell("list_clusters, in a region", lambda: clusters(HERE))
tell("get_cluster, regional", lambda: told(GKE.get_cluster(name=PROD)))
tell("get_cluster, zonal and degraded", lambda: told(GKE.get_cluster(name=f"projects/{PROJECT}/locations/{ZONE}/clusters/{GIVEN['zonal']}")))
tell("list_node_pools", lambda: [told(pool) for pool in GKE.list_node_pools(parent=PROD).node_pools])
tell("get_node_pool", lambda: told(GKE.get_node_pool(name=f"{PROD}/nodePools/{GIVEN['pool']}")))
tell("get_server_config", lambda: told(GKE.get_server_config(name=HERE)))
tell("list_operations", lambda: [told(one) for one in GKE.list_operations(parent=f"projects/{PROJECT}/locations/-").operations])
tell("get_cluster, absent", lambda: refusal(lambda: GKE.get_cluster(name=f"{HERE}/clusters/absent")))
tell("list_clusters, service off", lambda: refusal(lambda: GKE.list_clusters(parent=f"projects/{GIVEN['offProject']}/locations/-")))
tell("list_clusters, after a refused token is renewed", lambda: clusters_as(Credentials(token="nobody", **USER)))
tell("get_operation, absent", lambda: refusal(lambda: GKE.get_operation(name=f"{HERE}/operations/operation-0")))
