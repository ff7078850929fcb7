"""One invitation, two browsers at once, in processes of their own: one account."""

from pathlib import Path

from tests.web.operated import (  # noqa: F401 # fixtures
    PATIENCE,
    PLACES,
    SETUP,
    Own,
    own_site,
    own_sites,
)

_INVITE = """
from junheng.web.people.actions import give_post, invite
give_post(None, officer, county, Role.ADMINISTRATOR)
school = add_organisation(None, Kind.SCHOOL, '甲校', county, '1', 2015)
print(invite(officer, '王', school, Role.CLERK)[1])
"""
_TAKE = """
import time
from pathlib import Path
from django.core.exceptions import ValidationError
from junheng.web.people.actions import accept
ready, until = Path('{ready}'), time.monotonic() + {patience}
(ready / '{name}').touch()
while len(list(ready.iterdir())) < 2 and time.monotonic() < until:  # both have started, however slowly
    time.sleep(0.001)
try:
    print('made', accept('{token}', '{name}', 'Harbour-Light-93').username)
except ValidationError as error:
    print('refused')
"""
_TOLD = """
from junheng.web.people.models import Account, Invitation
from junheng.web.audit.chain import faults
print(Account.objects.filter(name='王').count(), Invitation.objects.get().account.username, list(faults()))
"""


def test_one_invitation_used_twice_at_once_makes_one_account(own: Own, tmp_path: Path) -> None:
    token, ready = own.python(PLACES + _INVITE), tmp_path / "ready"
    ready.mkdir()
    racing = [
        own.start("-c", SETUP + _TAKE.format(ready=ready, patience=PATIENCE, token=token, name=name))
        for name in ("wang1", "wang2")
    ]
    told = sorted(process.communicate(timeout=PATIENCE)[0].split()[0] for process in racing)
    assert told == ["made", "refused"]
    assert own.python(_TOLD).startswith("1 wang")
    assert own.python(_TOLD).endswith("[]")
