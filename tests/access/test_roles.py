"""What each role may do, place by place."""

from __future__ import annotations

import pytest

from lib.access.roles import ALLOWED, MACHINE, VISITOR, Action, DeniedError, Person, Role

LIYANG = Person("ly@example.gov.cn", "溧阳填报岗", Role.REPORTER, frozenset({"liyang"}))
REVIEWER = Person("fh@example.gov.cn", "复核岗", Role.REVIEWER)


def test_every_role_may_look_and_take_files_away() -> None:
    assert all(Action.TAKE in actions for actions in ALLOWED.values())
    assert set(ALLOWED) == set(Role)


def test_a_visitor_may_do_nothing_else() -> None:
    assert {action for action in Action if VISITOR.may(action)} == {Action.TAKE}


def test_every_action_is_somebodys_and_the_machines_own_person_has_them_all() -> None:
    assert all(MACHINE.may(action) for action in Action)
    assert {Action.REPORT} == ALLOWED[Role.REPORTER] - ALLOWED[Role.REVIEWER]
    assert {Action.REVIEW} == ALLOWED[Role.REVIEWER] - ALLOWED[Role.REPORTER]


def test_a_reporter_reports_for_their_own_places_only() -> None:
    assert LIYANG.reports_for("liyang")
    assert not LIYANG.reports_for("jintan")
    assert not REVIEWER.reports_for("liyang")
    assert MACHINE.reports_for("jintan")


def test_drafts_are_seen_by_their_sender_and_by_reviewers() -> None:
    seen = {p.name: p.sees_drafts_of("liyang") for p in (LIYANG, REVIEWER, MACHINE, VISITOR)}
    assert seen == {"溧阳填报岗": True, "复核岗": True, "本机": True, "访客": False}
    assert not LIYANG.sees_drafts_of("jintan")


def test_a_refusal_says_who_could() -> None:
    with pytest.raises(DeniedError, match="您现在的角色是“查看”，不能回退版本。需要“管理”角色"):
        VISITOR.require(Action.ROLL_BACK)
