"""What staff do, each thing up to the moment that counts, that moment, and what comes of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from bot.domain.client import Client
from bot.domain.kinship import Kinship
from bot.domain.person import PersonDetails
from bot.domain.phone import Phone
from bot.domain.relationship_choice import RelationshipChoice
from bot.domain.sharing import EVERY_CATEGORY, Basis, SharingChoice
from bot.views.sentences import say
from tests.office import FRONT, Office
from tests.person import Desk, Trouble

AGREED = SharingChoice(categories=EVERY_CATEGORY, basis=Basis.PARENT_OF_MINOR)
SURNAMES = (
    "Abara",
    "Bianchi",
    "Castro",
    "Dubois",
    "Eriksen",
    "Fournier",
    "Gupta",
    "Haddad",
    "Ivanova",
    "Jansen",
    "Kimura",
    "Larsen",
)
"""One for each story: nobody is taken for somebody of another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A family of its own for each story.

    Mía is linked with Luis, the first of her emergency contacts, who gets her e-mails; Abigail, a contact, is
    the second. Rosa is a client whom nobody has linked with Mía yet.
    """

    number: int
    mia: Client
    luis: Client

    @property
    def surname(self) -> str:
        """The name of all of them."""
        return SURNAMES[self.number]

    def own_id(self, who: str) -> str:
        """Return the practice's own id of somebody."""
        return f"{who}-{self.number}"

    def name(self, who: str) -> str:
        """Return somebody's whole name."""
        return f"{who} {self.surname}"


async def lay_out(office: Office, number: int) -> Scene:
    """Lay out the scene of one story."""
    surname = SURNAMES[number]
    mia = await office.client(
        "Mía", surname, own_id=f"M-{number}", born=date(2012, 5, 1), email=f"mia{number}@example.com"
    )
    luis = await office.client(
        "Luis",
        surname,
        own_id=f"L-{number}",
        born=date(1978, 2, 3),
        email=f"luis{number}@example.com",
        phone=f"+121255501{number:02}",
    )
    await office.client(
        "Rosa", surname, own_id=f"R-{number}", born=date(1980, 2, 3), email=f"rosa{number}@example.com"
    )
    await office.services.relationships.link(
        office.actor,
        client_id=mia.id,
        other_id=luis.id,
        relationship=RelationshipChoice(kinship=Kinship.PARENT),
        sharing=AGREED,
        emergency=True,
    )
    abigail = PersonDetails(
        first_name="Abigail", last_name=surname, phones=(Phone(number=f"+121255502{number:02}"),)
    )
    await office.services.relationships.add_contact(
        office.actor,
        client_id=mia.id,
        person=abigail,
        relationship=RelationshipChoice(kinship=Kinship.GRANDPARENT),
        emergency=True,
    )
    return Scene(number=number, mia=mia, luis=luis)


Step = Callable[[Desk, Scene], Awaitable[None]]


async def _nothing(_desk: Desk, _scene: Scene) -> None:
    """Begin with the act itself."""


async def _submit(desk: Desk, _scene: Scene) -> None:
    await desk.submit()


def _can_be_sent(desk: Desk) -> bool:
    return desk.has_modal and desk.modal.submit is not None


def _never(_desk: Desk) -> bool:
    return False


def _has_button(text: str) -> Callable[[Desk], bool]:
    return lambda desk: desk.has_modal and any(button.startswith(text) for button in desk.modal.buttons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One thing that staff do.

    Attributes:
        name: what it is called.
        ready: up to the moment that counts.
        act: that moment.
        is_there: whether what they act on is before them still.
        done: what is seen when it has come to its end; `{surname}` stands for the family's.
        leaves: the entries that the act leaves in the history of Mía, and no others.
        sends: how many direct messages come of it.
    """

    name: str
    ready: Step = _nothing
    act: Step = _submit
    is_there: Callable[[Desk], bool] = _can_be_sent
    done: str
    leaves: tuple[str, ...] = ()
    sends: int = 0


async def _link(desk: Desk, scene: Scene) -> None:
    rosa = scene.name("Rosa")
    await desk.command(f"/family link {scene.own_id('M')}", channel=FRONT)
    await desk.pick("Client", rosa)
    await desk.choose(f"{rosa} is the … of {scene.name('Mía')}", "mother")


async def _add_contact(desk: Desk, scene: Scene) -> None:
    await desk.command(f"/family add {scene.own_id('M')}", channel=FRONT)
    await desk.fill("First name", "Doris")
    await desk.fill("Last name", scene.surname)
    await desk.fill("Phones", f"(212) 555-03{scene.number:02}")
    await desk.tick("Emergency contact")


async def _card(desk: Desk, scene: Scene) -> None:
    await desk.command(f"/family show {scene.own_id('M')}", channel=FRONT)
    # A summary in the direct messages has most of the same words.
    await desk.sees("Edit client")


async def _share(desk: Desk, scene: Scene) -> None:
    await _card(desk, scene)
    luis, mia = scene.name("Luis"), scene.name("Mía")
    await desk.menu(luis, "Share e-mails")
    await desk.choose(f"{mia} also gets the e-mails sent to {luis}", "Yes, every notification e-mail")
    await desk.choose(f"Who agreed that {mia} gets them?", "The client agreed, in words")


async def _sharing_form(desk: Desk, scene: Scene) -> None:
    await _card(desk, scene)
    await desk.menu(scene.name("Luis"), "Share e-mails")
    await desk.sees("Stop all sharing")


async def _stop_sharing(desk: Desk, _scene: Scene) -> None:
    await desk.click("Stop all sharing", confirm=True)


async def _unlink_from_the_other_side(desk: Desk, scene: Scene) -> None:
    await desk.command(f"/family unlink {scene.own_id('L')}", channel=FRONT)
    await desk.sees("What stops, at once")


async def _edit(desk: Desk, scene: Scene) -> None:
    await _card(desk, scene)
    await desk.menu(scene.name("Abigail"), "Edit")
    await desk.fill("Preferred language", "Spanish")


async def _with_an_undo_offered(desk: Desk, scene: Scene) -> None:
    await _card(desk, scene)
    if "Contacts (0)" in desk.text:
        await desk.click("History")
        await desk.sees("Undo until")
        return
    await desk.menu(scene.name("Abigail"), "Remove Contact")
    await desk.submit()
    await desk.sees("was removed.")


async def _undo(desk: Desk, _scene: Scene) -> None:
    (undo,) = [button for button in desk.modal.buttons if button.startswith("Undo until")]
    await desk.click(undo)


async def _ask_for_summary(desk: Desk, scene: Scene) -> None:
    await desk.command(f"/family summary {scene.own_id('M')}", channel=FRONT)


async def _link_form(desk: Desk, scene: Scene) -> None:
    await desk.command(f"/family link {scene.own_id('M')}", channel=FRONT)
    await desk.sees("Linking another client's account")


async def _type_ahead(desk: Desk, scene: Scene) -> None:
    if await desk.search("Client", scene.name("Rosa")) == [say("picker.slow")]:
        raise Trouble(say("picker.slow"))
    await desk.pick("Client", scene.name("Rosa"))


async def _command(desk: Desk, scene: Scene) -> None:
    await desk.command(f"/family show {scene.own_id('M')}", channel=FRONT)


async def _button(desk: Desk, _scene: Scene) -> None:
    await desk.click("Add a contact")


STORIES = (
    Story(
        name="link",
        ready=_link,
        done="Rosa {surname} is now linked.",
        leaves=("link.added",),
    ),
    Story(
        name="add a contact",
        ready=_add_contact,
        done="Doris {surname} was added as a contact.",
        leaves=("contact.added",),
    ),
    Story(
        name="share",
        ready=_share,
        done="E-mail sharing with Luis {surname} was saved.",
        leaves=("sharing.changed",),
    ),
    Story(
        name="stop sharing",
        ready=_sharing_form,
        act=_stop_sharing,
        is_there=_has_button("Stop all sharing"),
        done="Nothing is shared with Luis {surname} any more.",
        leaves=("sharing.changed",),
    ),
    Story(
        name="unlink from the other side",
        ready=_unlink_from_the_other_side,
        done="Mía {surname} was unlinked, from both accounts.",
        leaves=("link.removed",),
    ),
    Story(
        name="edit",
        ready=_edit,
        done="The details of Abigail {surname} were saved.",
        leaves=("contact.edited",),
    ),
    Story(
        name="undo",
        ready=_with_an_undo_offered,
        act=_undo,
        is_there=_has_button("Undo until"),
        done="Abigail {surname} is a contact again.",
        leaves=("change.undone",),
    ),
    Story(name="summary", act=_ask_for_summary, is_there=_never, done="Mía {surname}", sends=1),
    Story(name="type-ahead", ready=_link_form, act=_type_ahead, done="Rosa {surname} is the … of"),
    Story(name="open the card", act=_command, is_there=_never, done="Linked clients (1)"),
    Story(
        name="open a form above it",
        ready=_card,
        act=_button,
        is_there=_has_button("Add a contact"),
        done="A new contact for Mía {surname}.",
    ),
)
