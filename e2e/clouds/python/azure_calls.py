"""azure-mgmt-containerservice reads an emulated Azure, over https with the emulator's own authority."""

import time

from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError
from azure.mgmt.containerservice import ContainerServiceClient

from calls import settings, tell

GIVEN = settings()
GROUP, NAME = GIVEN["group"], GIVEN["cluster"]


class Held:
    """A credential that was minted before."""

    def __init__(self, token):
        self.token = token

    def get_token(self, *scopes, **_):
        assert scopes == ("https://management.azure.com/.default",), scopes
        return AccessToken(self.token, int(time.time()) + 3600)


def client(subscription=GIVEN["subscription"], token=GIVEN["armToken"]):
    return ContainerServiceClient(
        Held(token),
        subscription,
        base_url=GIVEN["endpoint"],
        credential_scopes=["https://management.azure.com/.default"],
        connection_verify=GIVEN["caFile"],
        retry_total=0,
        polling_interval=1,
    )


def refusal(call):
    try:
        call()
    except HttpResponseError as error:
        return {"type": type(error).__name__, "status": error.status_code, "code": error.error.code if error.error else None}
    raise AssertionError("the call passed")


def paged(found):
    """Names, and how many pages it took."""
    pages = [list(page) for page in found.by_page()]
    return {"pages": len(pages), "names": sorted(item.name for page in pages for item in page)}


def kubeconfig(answer):
    return [{"name": one.name, "text": bytes(one.value).decode()} for one in answer.kubeconfigs]


def stopped_and_started():
    CLUSTERS.begin_stop(GROUP, NAME).result(60)
    stopped = CLUSTERS.get(GROUP, NAME).power_state.code
    CLUSTERS.begin_start(GROUP, NAME).result(60)
    return [stopped.value, CLUSTERS.get(GROUP, NAME).power_state.code.value]


AKS = client()
CLUSTERS = AKS.managed_clusters

tell("managed_clusters.list", lambda: paged(CLUSTERS.list()))
tell("managed_clusters.list_by_resource_group", lambda: paged(CLUSTERS.list_by_resource_group(GROUP)))
tell("managed_clusters.get", lambda: CLUSTERS.get(GROUP, NAME).as_dict())
tell("managed_clusters.get, stopped", lambda: CLUSTERS.get("dev", "paused").as_dict())
tell("agent_pools.list", lambda: paged(AKS.agent_pools.list(GROUP, NAME)))
tell("agent_pools.get", lambda: AKS.agent_pools.get(GROUP, NAME, GIVEN["pool"]).as_dict())
tell("list_cluster_user_credentials", lambda: kubeconfig(CLUSTERS.list_cluster_user_credentials(GROUP, NAME, format="exec")))
tell("list_cluster_admin_credentials", lambda: kubeconfig(CLUSTERS.list_cluster_admin_credentials(GROUP, "local")))
tell("begin_stop, begin_start", stopped_and_started)
tell("managed_clusters.get, absent", lambda: refusal(lambda: CLUSTERS.get(GROUP, "absent")))
tell("managed_clusters.list, disabled subscription", lambda: refusal(lambda: paged(client(GIVEN["disabled"]).managed_clusters.list())))
tell("managed_clusters.list, denied subscription", lambda: refusal(lambda: paged(client(GIVEN["denied"]).managed_clusters.list())))
tell("managed_clusters.list, a token for AKS", lambda: refusal(lambda: paged(client(token=GIVEN["aksToken"]).managed_clusters.list())))
