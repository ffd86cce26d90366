"""Counts what was lost, doubled or left behind: all of it must be nothing."""

from collections.abc import Sequence

import psycopg

QUESTIONS: tuple[tuple[str, str], ...] = (
    (
        "declarations created twice",
        (
            "SELECT count(*) FROM (SELECT number FROM registration_declaration "
            "WHERE number = ANY(%(numbers)s) GROUP BY number HAVING count(*) > 1) AS twice"
        ),
    ),
    (
        "people who saw their filed form, but have no declaration",
        (
            "SELECT count(*) FROM unnest(%(numbers)s::text[]) AS wanted(number) WHERE NOT EXISTS "
            "(SELECT 1 FROM registration_declaration d WHERE d.number = wanted.number)"
        ),
    ),
    (
        "declarations without their notice of receipt",
        (
            "SELECT count(*) FROM registration_declaration d WHERE NOT EXISTS (SELECT 1 FROM "
            "messaging_demomessage m WHERE m.idempotency_key = "
            "'declaration.received.' || d.id || '.sms')"
        ),
    ),
    (
        "decisions without their notice",
        (
            "SELECT count(*) FROM registration_declaration d "
            "WHERE d.state IN ('approved', 'refused') AND NOT EXISTS "
            "(SELECT 1 FROM messaging_demomessage m WHERE m.idempotency_key = "
            "'declaration.' || d.state || '.' || d.id || '.sms')"
        ),
    ),
    (
        "decisions without their event, or with several",
        (
            "SELECT count(*) FROM registration_declaration d WHERE d.state IN "
            "('approved', 'refused') AND (SELECT count(*) FROM audit_event e "
            "WHERE e.subject = d.number AND e.details->>'code' = d.code "
            "AND e.act IN ('declaration.approve', 'declaration.refuse')) <> 1"
        ),
    ),
    (
        "approvals that the officer who proposed them gave",
        (
            "SELECT count(*) FROM audit_event WHERE act = 'declaration.approve' "
            "AND details->>'proposed_by' = actor"
        ),
    ),
    (
        "approved declarations without an account, or accounts without one",
        (
            "SELECT count(*) FROM registration_declaration d FULL JOIN accounts_account a "
            "ON a.number = d.number AND d.state = 'approved' WHERE coalesce(d.number, a.number) "
            "= ANY(%(numbers)s) AND ((d.state = 'approved' AND a.number IS NULL) "
            "OR (a.number IS NOT NULL AND d.number IS NULL))"
        ),
    ),
    (
        "messages that arrived twice",
        (
            "SELECT count(*) FROM (SELECT idempotency_key FROM messaging_demomessage "
            "GROUP BY idempotency_key HAVING count(*) > 1) AS twice"
        ),
    ),
    (
        "messages not at their end",
        "SELECT count(*) FROM messaging_message WHERE state IN ('queued', 'handing-over')",
    ),
    (
        "notices that failed or expired",
        (
            "SELECT count(*) FROM messaging_message WHERE kind = 'notice' "
            "AND state IN ('failed', 'expired')"
        ),
    ),
    (
        "jobs that are stuck",
        (
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') "
            "AND task_name = 'vssid.messaging.tasks.deliver_message'"
        ),
    ),
    (
        "secrets that outlived their message",
        (
            "SELECT count(*) FROM messaging_message WHERE secret IS NOT NULL "
            "AND state NOT IN ('queued', 'handing-over')"
        ),
    ),
)


def acts(owner: psycopg.Connection[tuple[object, ...]]) -> dict[str, int]:
    """How often officers proposed, approved and refused: nothing done is nothing tried."""
    rows = owner.execute(
        "SELECT act, count(*) FROM audit_event WHERE act IN ('declaration.propose', "
        "'declaration.approve', 'declaration.refuse') GROUP BY act ORDER BY act"
    ).fetchall()
    return {str(act): int(str(count)) for act, count in rows}


def losses(owner: psycopg.Connection[tuple[object, ...]], numbers: Sequence[str]) -> dict[str, int]:
    """Each question with its count; `numbers` are those who saw their filed form."""
    found: dict[str, int] = {}
    for question, sql in QUESTIONS:
        row = owner.execute(sql, {"numbers": list(numbers)}).fetchone()
        found[question] = int(str(row[0])) if row else -1
    return found
