"""Roles and what each may do: declared here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lib.catalog.places import place_name


class Action(StrEnum):
    """Something the app does for a person who may look, named as a refusal names it."""

    TAKE = "导出文件"
    COMMENT = "写核验意见"
    ACKNOWLEDGE = "把提醒标为知悉"
    REHEARSE = "保存会议排练"
    REPORT = "报送数据"
    REVIEW = "复核报送"
    ROLL_BACK = "回退版本"
    SET = "修改文稿措辞"
    AUDIT = "查看操作日志"


CHANGES_THE_LAKE = frozenset({Action.COMMENT, Action.REPORT, Action.REVIEW, Action.ROLL_BACK})


class Role(StrEnum):
    """The roles, by the names people know them by."""

    VIEWER = "查看"
    REPORTER = "填报"
    REVIEWER = "复核"
    ADMIN = "管理"


_EVERYONE = frozenset({Action.TAKE})
_STAFF = _EVERYONE | {Action.COMMENT, Action.ACKNOWLEDGE, Action.REHEARSE}
ALLOWED: dict[Role, frozenset[Action]] = {
    Role.VIEWER: _EVERYONE,
    Role.REPORTER: _STAFF | {Action.REPORT},
    Role.REVIEWER: _STAFF | {Action.REVIEW},
    Role.ADMIN: frozenset(Action),
}


class DeniedError(Exception):
    """Somebody may not do what they asked for; the text says so and what to do."""


@dataclass(frozen=True)
class Person:
    """Whoever is asking.

    id:     what the sign-in calls them; "" for a visitor nobody knows
    name:   for pages and the log: a post or an account, never needed to be a person's name
    places: the district and department ids a 填报 reports for; empty for all other roles
    """

    id: str
    name: str
    role: Role
    places: frozenset[str] = frozenset()

    def may(self, action: Action) -> bool:
        """Whether the role allows it."""
        return action in ALLOWED[self.role]

    def require(self, action: Action) -> None:
        """Raise DeniedError where the role does not allow it."""
        if not self.may(action):
            able = "、".join(role for role, actions in ALLOWED.items() if action in actions)
            raise DeniedError(
                f"您现在的角色是“{self.role}”，不能{action}。需要“{able}”角色，请联系管理员开通。"
            )

    def reports_for(self, place: str) -> bool:
        """Whether they report the data of a place; 管理 does for every place."""
        if self.role is Role.ADMIN:
            return True
        return self.may(Action.REPORT) and place in self.places

    def sees_drafts_of(self, sender: str) -> bool:
        """Whether they may look at what a sender has not published yet."""
        return self.may(Action.REVIEW) or self.reports_for(sender)

    @property
    def label(self) -> str:
        """For the frame of a page: who is signed in, as what."""
        whose = "、".join(sorted(map(place_name, self.places)))
        return f"{self.name}｜{self.role}{f'（{whose}）' if whose else ''}"


MACHINE = Person("local", "本机", Role.ADMIN)
VISITOR = Person("", "访客", Role.VIEWER)
