"""`aws eks get-token`, the real command, under a clock that stands still."""

import datetime
import sys

import botocore.auth
import botocore.compat
from awscli.clidriver import main

NOW = datetime.datetime.fromtimestamp(int(sys.argv[1]) / 1000, datetime.timezone.utc)


def now(remove_tzinfo=True):
    return NOW.replace(tzinfo=None) if remove_tzinfo else NOW


botocore.compat.get_current_datetime = now
botocore.auth.get_current_datetime = now
sys.argv = ["aws", *sys.argv[2:]]
sys.exit(main())
