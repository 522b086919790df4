"""A system of the practice hands notices in over HTTP, and asks who receives them."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.audit import TrailFilter
from bot.domain.history import Act, Kind
from bot.domain.notice import MAX_ATTACHMENTS_SIZE
from bot.domain.staff import Surface
from bot.services.audit import UNKNOWN
from tests.api.practice_with_token import Answer, PracticeWithToken

PDF = {"filename": "receipt.pdf", "content_type": "application/pdf"}


def to_whom(answer: Answer) -> dict[str, str]:
    assert answer.status == 202, answer.json
    return {mail["name"]: mail["state"] for mail in answer.json["mails"]}


def is_problem(answer: Answer, status: int, kind: str) -> None:
    assert answer.status == status, answer.json
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json["type"] == f"urn:kinward:problem:{kind}"
    assert answer.json["status"] == status
    assert answer.json["detail"].endswith((".", "kwt_..."))


async def test_a_reminder_goes_to_the_client_and_to_those_who_share_it(caller: PracticeWithToken) -> None:
    reminder = await caller.send()
    assert to_whom(reminder) == {"Minh Tran": "queued", "Linh Tran": "queued", "Rosa": "queued"}
    receipt = await caller.send({"category": "payments"})
    assert to_whom(receipt) == {"Minh Tran": "queued", "Linh Tran": "queued", "Rosa": "suppressed"}
    password = await caller.send({"category": "account"})
    assert to_whom(password) == {"Minh Tran": "queued", "Linh Tran": "suppressed", "Rosa": "suppressed"}

    again = await caller.ask("GET", f"/v1/notifications/{receipt.json['id']}")
    assert again.status == 200
    assert again.json == receipt.json
    (token,) = await caller.office.services.api_tokens.every(caller.office.actor)
    assert token.uses == 4


async def test_the_client_is_named_by_either_id(caller: PracticeWithToken) -> None:
    assert (await caller.send({"client": caller.minh.id})).status == 202
    assert (await caller.send({"client": "k-1"})).status == 202
    is_problem(await caller.send({"client": "K-3"}), 404, "unknown-client")
    is_problem(await caller.send({"client": "Minh Tran"}), 404, "unknown-client")


async def test_the_same_key_is_the_same_request(caller: PracticeWithToken) -> None:
    first = await caller.send(key="monday")
    again = await caller.send(key="monday")
    assert again.status == 202
    assert again.json == first.json
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    is_problem(await caller.send({"subject": "Something else"}, key="monday"), 422, "key-taken")


async def test_one_occasion_is_one_mail_for_each_address(caller: PracticeWithToken) -> None:
    first = await caller.send({"event_id": "session-7"})
    couple = await caller.send({"client": "K-2", "event_id": "session-7"})
    assert to_whom(first)["Linh Tran"] == "queued"
    # What is written to her is what she gets; the copy of her husband's gives way while it waits.
    assert to_whom(couple)["Linh Tran"] == "queued"
    before = await caller.ask("GET", f"/v1/notifications/{first.json['id']}")
    assert [mail["reason"] for mail in before.json["mails"] if mail["name"] == "Linh Tran"] == ["same_event"]


async def test_what_is_for_later_says_who_would_get_it_and_when_it_is_sent(
    caller: PracticeWithToken,
) -> None:
    moment = datetime.now(tz=UTC) + timedelta(days=2)
    later = await caller.send({"send_at": moment.isoformat()})
    assert set(to_whom(later).values()) == {"queued"}
    (due,) = {
        each.due_at
        for each in await caller.office.services.dead_letters.all(caller.office.actor, limit=9, waiting=True)
    }
    assert due == moment
    past = await caller.send({"send_at": (moment - timedelta(days=9)).isoformat(), "subject": "Late"})
    assert set(to_whom(past).values()) == {"queued"}


async def test_a_system_that_sends_by_itself_asks_who_receives(caller: PracticeWithToken) -> None:
    answer = await caller.ask("GET", "/v1/clients/K-1/recipients", params={"category": "payments"})
    assert answer.status == 200
    assert answer.json["client_id"] == caller.minh.id
    assert [(each["name"], each["receives"], each["reason"]) for each in answer.json["recipients"]] == [
        ("Minh Tran", True, "own_mail"),
        ("Linh Tran", True, "shared"),
        ("Rosa", False, "category_not_shared"),
    ]
    # Both are on record, as looks of the system that the token was made for.
    sent = await caller.send()
    await caller.ask("GET", f"/v1/notifications/{sent.json['id']}")
    looks = TrailFilter(kinds=frozenset({Kind.LOOK}))
    page = await caller.office.services.trail.page(caller.office.actor, looks, size=9)
    found = [row.entry for row in page.rows]
    assert [(each.act, each.by_name, each.surface, each.client_ids) for each in found] == [
        (Act.COPIES_SEEN, "EHR", Surface.API, (caller.minh.id,)),
        (Act.RECIPIENTS_SEEN, "EHR", Surface.API, (caller.minh.id,)),
    ]
    unknown = await caller.ask("GET", "/v1/clients/K-9/recipients", params={"category": "payments"})
    is_problem(unknown, 404, "unknown-client")
    is_problem(await caller.ask("GET", "/v1/notifications/nobody"), 404, "unknown-notification")


WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"category": "birthday"}, "/category"),
    ({"category": "unknown"}, "/category"),
    ({"category": None}, "/category"),
    ({"subject": ""}, "/subject"),
    ({"subject": "x" * 401}, "/subject"),
    ({"subject": 7}, "/subject"),
    ({"text": "   "}, "/text"),
    ({"send_at": "tomorrow"}, "/send_at"),
    ({"send_at": "2026-03-02T10:00:00"}, "/send_at"),
    ({"send_at": (datetime.now(tz=UTC) + timedelta(days=400)).isoformat()}, "/send_at"),
    ({"bcc": "somebody@example.com"}, ""),
    ({"attachments": [{**PDF, "content": "no base64!"}]}, "/attachments/0/content"),
    ({"attachments": [{**PDF, "content": 7}]}, "/attachments/0/content"),
    ({"attachments": [{**PDF, "content_type": "nonsense", "content": ""}]}, "/attachments"),
    ({"event_id": "x" * 201}, "/event_id"),
)


async def test_what_is_wrong_stands_at_its_place(caller: PracticeWithToken) -> None:
    for changed, pointer in WRONG:
        answer = await caller.send(changed)
        is_problem(answer, 422, "invalid")
        assert (changed, [each["pointer"] for each in answer.json["errors"]]) == (changed, [pointer])


async def test_attachments_are_taken_up_to_ten_megabytes_together(caller: PracticeWithToken) -> None:
    half = base64.b64encode(bytes(MAX_ATTACHMENTS_SIZE // 2)).decode()
    two = [{**PDF, "content": half}, {**PDF, "content": half}]
    assert (await caller.send({"category": "payments", "attachments": two})).status == 202
    one_more = [*two, {**PDF, "content": base64.b64encode(b"x").decode()}]
    answer = await caller.send({"category": "payments", "attachments": one_more})
    is_problem(answer, 422, "invalid")
    assert answer.json["errors"][0]["pointer"] == "/attachments"


async def test_without_a_token_that_counts_the_answer_is_no(caller: PracticeWithToken) -> None:
    for shown in ("", "kwt_nobody_" + "x" * 43, caller.token.text.shown[:-1], "é"):
        answer = await caller.ask("GET", "/v1/notifications/n1", shown=shown)
        is_problem(answer, 401, "token-needed")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert "Server" not in answer.headers
    # The body is not even looked at.
    is_problem(
        await caller.ask("POST", "/v1/notifications", shown="", json={"client": 7}), 401, "token-needed"
    )
    # However often somebody knocks, it is on record once a minute.
    await caller.office.services.audit.drain()
    async with caller.office.bot.database.reading(caller.office.actor.workspace_id) as unit:
        refusals = await unit.audit.oldest(TrailFilter(kinds=frozenset({Kind.REFUSAL})), limit=9)
    assert [(each.by, each.surface, each.subject_id) for each in refusals] == [(UNKNOWN, Surface.API, "api")]


async def test_when_the_last_token_is_revoked_the_door_is_gone(caller: PracticeWithToken) -> None:
    services, actor = caller.office.services, caller.office.actor
    await services.api_tokens.revoke(actor, caller.token.token.id)
    for path in ("/v1/", "/v1/openapi.json", "/v1/notifications/n1"):
        assert (await caller.ask("GET", path)).status == 404


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/v1/nothing", 404, "not-found"),
        ("GET", "/nothing", 404, "not-found"),
        ("DELETE", "/v1/notifications", 405, "method-not-allowed"),
    ],
)
async def test_other_addresses_and_methods(
    caller: PracticeWithToken, method: str, path: str, status: int, kind: str
) -> None:
    is_problem(await caller.ask(method, path), status, kind)


async def test_a_body_that_is_no_json_or_too_large(caller: PracticeWithToken) -> None:
    json = {"Content-Type": "application/json"}
    is_problem(
        await caller.ask("POST", "/v1/notifications", data=b"{not json", headers=json), 400, "not-json"
    )
    is_problem(
        await caller.ask("POST", "/v1/notifications", data=b"\xff\xfe{", headers=json), 400, "not-json"
    )
    huge = {"Content-Type": "application/json", "Content-Length": str(10**9)}
    is_problem(await caller.ask("POST", "/v1/notifications", data=b"{", headers=huge), 413, "too-large")
    form = await caller.ask("POST", "/v1/notifications", data={"client": "K-1"})
    is_problem(form, 415, "not-json")
