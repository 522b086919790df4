"""Opaque identifiers. They say nothing about a person, so Slack may carry them (P5)."""

from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
"""Slack's team id: every row of the practice belongs to one."""

StaffId = NewType("StaffId", str)
"""Slack's user id of a member of staff."""

ClientId = NewType("ClientId", str)
PersonId = NewType("PersonId", str)
"""A contact person: somebody who is not a client and may be a contact of several clients (R36)."""

LinkId = NewType("LinkId", str)
ContactId = NewType("ContactId", str)

RelationId = LinkId | ContactId
"""What one row of a client's family list is about: a link or a contact."""

NoticeId = NewType("NoticeId", str)
CopyId = NewType("CopyId", str)
"""One mail of a notice to one recipient: the client's own mail, or a copy of it."""

RestrictionId = NewType("RestrictionId", str)
"""One entry of who must not receive a client's mail (R50)."""

TokenId = NewType("TokenId", str)
"""A token with which a system of the practice hands in notices."""

MailRuleId = NewType("MailRuleId", str)
"""One rule of the practice on what a mail is about, by its sender and subject."""

AnnouncementId = NewType("AnnouncementId", str)
"""One thing that one member of staff is to be told in a direct message."""
