"""One invitation, two browsers at once, in processes of their own: one account."""

from tests.web.test_jobs_processes import _PLACES, Own, own  # noqa: F401 # a site of its own, as a fixture

_INVITE = """
from junheng.web.people.actions import give_post, invite
give_post(None, officer, county, Role.ADMINISTRATOR)
school = add_organisation(None, Kind.SCHOOL, '甲校', county, '1', 2015)
print(invite(officer, '王', school, Role.CLERK)[1])
"""
_TAKE = """
import sys, time
from django.core.exceptions import ValidationError
from junheng.web.people.actions import accept
time.sleep(max(0, {at} - time.time()))
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


def test_one_invitation_used_twice_at_once_makes_one_account(own: Own) -> None:  # noqa: F811 # the fixture
    import time

    from tests.web.test_jobs_processes import _SETUP

    token = own.python(_PLACES + _INVITE)
    at = time.time() + 2.5
    racing = [
        own.start("-c", _SETUP + _TAKE.format(at=at, token=token, name=name)) for name in ("wang1", "wang2")
    ]
    told = sorted(process.communicate(timeout=60)[0].split()[0] for process in racing)
    assert told == ["made", "refused"]
    assert own.python(_TOLD).startswith("1 wang")
    assert own.python(_TOLD).endswith("[]")
