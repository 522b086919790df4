"""All there is to look at, one after the other."""

from bot.adapters.slack_calls import slack_client
from bot.checks.audit_key import check_audit_key
from bot.checks.database import check_database
from bot.checks.finding import Finding, State
from bot.checks.folding import check_folding
from bot.checks.roles import check_roles
from bot.checks.slack import check_bot, check_socket
from bot.checks.versions import check_versions
from bot.config import HttpSettings, PracticeSettings, Settings, SlackSettings


async def check_everything(*, http: bool) -> list[Finding]:
    """Look at the settings, and with them at Slack, the database and the versions.

    Args:
        http: whether it is for signed HTTP and not for Socket Mode.
    """
    kind = HttpSettings if http else Settings
    mistakes = kind.mistakes()
    found = [Finding(what="Settings", state=State.WRONG, told=mistake) for mistake in mistakes]
    if not SlackSettings.mistakes():
        settings = SlackSettings.from_environment()
        token = settings.slack_bot_token.get_secret_value()
        found += await check_bot(slack_client(token, base_url=settings.slack_api_url))
    if not mistakes:
        found.append(await _entrance(http=http))
    if not PracticeSettings.mistakes():
        practice = PracticeSettings.from_environment()
        found.append(await check_database(practice.database_url))
        found.append(check_audit_key(practice.database_url, is_given=practice.audit_key is not None))
        looked = await check_roles(practice.database_url), await check_folding(practice.database_url)
        found += [each for each in looked if each is not None]
    return [*found, check_versions()]


async def _entrance(*, http: bool) -> Finding:
    """Look at what lets Slack's payloads in."""
    if http:
        # Slack never says whether a secret is the right one; its first request will.
        told = "set; whether it is this app's shows when Slack verifies the address on Event Subscriptions"
        return Finding(what="Signing secret", state=State.NOTE, told=told)
    settings = Settings.from_environment()
    token = settings.slack_app_token.get_secret_value()
    return await check_socket(slack_client(token, base_url=settings.slack_api_url))
