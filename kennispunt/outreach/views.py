"""The kit of a griffier (open to everyone), and the staff's way to reach them."""

import csv
import io

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kennispunt.elections import area_elections, finding
from kennispunt.elections.models import Area
from kennispunt.office import letters
from kennispunt.office.guards import for_staff
from kennispunt.outreach import actions, addresses, kit
from kennispunt.outreach.forms import ColumnsForm, MailingForm, UploadForm
from kennispunt.outreach.models import GriffieAddress, Mailing, Text
from kennispunt.outreach.permissions import may_read_for, may_write
from kennispunt.pagecache.decorators import cached_page
from kennispunt.pages import text
from kennispunt.pages.references import References
from kennispunt.ui.answering import form_page, posted
from kennispunt.ui.cleaning import printable
from kennispunt.ui.narrowing import words_of
from kennispunt.ui.rows import TooLate
from kennispunt.ui.unasked import unasked

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROBOT = ("bot", "crawl", "spider", "preview", "scan")


def find_area(slug) -> Area:
    """The area of this slug or code, as it is today: what merged gives what it became."""
    found = Area.objects.filter(Q(slug=slug) | Q(code=slug.upper())).first()
    if found is None:
        raise Http404
    now = area_elections.heirs(found, timezone.localdate())
    return now[0] if now else found


@require_safe
@cached_page
def griffiers(request):
    """Say why to forward, and lead to the kit of your own municipality."""
    words = words_of(request)
    found = finding.find(words)
    if found.one:
        return redirect("outreach:area", found.one.slug)
    references = References()
    documents = {
        one.slug: text.read(one.body, references, spots=one.slug)
        for one in Text.objects.filter(slug__in=["brief", "uitleg"])
    }
    context = {
        "words": words,
        "found": found,
        "letter": documents.get("brief"),
        "explanation": documents.get("uitleg"),
    }
    return render(request, "outreach/griffiers.html", context)


@require_safe
@cached_page
def area(request, slug):
    """The kit of one area: copy, mail, Word or flyer."""
    found = find_area(slug)
    if found.slug != slug:
        return redirect("outreach:area", found.slug)
    parts = kit.kit_for(found, timezone.localdate())
    return render(request, "outreach/area.html", {"area": found, "kit": parts})


def download(content, name, content_type, *, inline=False):
    place = "inline" if inline else "attachment"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'{place}; filename="{name}"'},
    )


@require_safe
@cache_control(public=True, max_age=3600)
def docx(request, slug, name):
    """The explanation or the letter as a Word document."""
    found = find_area(slug)
    parts = kit.kit_for(found, timezone.localdate())
    message = parts.letter if name == "brief" else parts.explanation
    return download(kit.docx(message), f"kennispunt-{name}-{found.slug}.docx", DOCX)


@require_safe
@cache_control(public=True, max_age=3600)
def flyer(request, slug):
    """One A4 to print or forward."""
    found = find_area(slug)
    parts = kit.kit_for(found, timezone.localdate())
    name = f"flyer-{found.slug}.pdf"
    return download(kit.flyer(parts), name, "application/pdf", inline=True)


@require_safe
@never_cache
def short(request, slug):
    """The short address of a flyer: counted per area and month, never by whom."""
    found = find_area(slug)
    agent = request.headers.get("User-Agent", "").lower()
    fetched_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method == "GET" and not fetched_ahead and not any(r in agent for r in ROBOT):
        unasked(actions.count_opening, found, on=timezone.localdate())
    return redirect("/")


# --- Staff ---------------------------------------------------------------------------------------


@require_safe
@for_staff(may_write)
def mailings(request):
    """Letters that were written, approved and sent; and how many griffies we can reach."""
    current = GriffieAddress.objects.current()
    context = {
        "mailings": Mailing.objects.select_related("written_by", "approved_by"),
        "reachable": current.filter(bounced_on=None).count(),
        "bounced": list(current.exclude(bounced_on=None).select_related("area")),
    }
    return render(request, "outreach/mailings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_write)
def write(request):
    """Write a letter. It goes nowhere before a second pair of eyes."""
    return keep(request, MailingForm(posted(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_write)
def change(request, pk):
    """Change a letter that is not approved yet; then it waits for a second reader, again."""
    found = get_object_or_404(Mailing, pk=pk)
    if not found.can_change:
        messages.info(request, f"Deze brief is {found.state}. Schrijf een nieuwe.")
        return redirect(found)
    initial = {"seen": found.fingerprint}
    return keep(request, MailingForm(posted(request), instance=found, initial=initial), found)


def keep(request, form, mailing=None):
    if form.is_valid():
        seen = form.cleaned_data["seen"] or None
        try:
            letters.submit(form.instance, by=request.user, seen=seen)
        except TooLate as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "De brief is bewaard. Een collega moet hem goedkeuren.")
            return redirect(form.instance)
    return form_page(request, "outreach/write.html", {"form": form, "mailing": mailing})


DONE = {
    "approve": "Goedgekeurd. De brief gaat nu weg.",
    "send_back": "Teruggestuurd. De schrijver krijgt je opmerking per mail.",
    "withdraw": "Ingetrokken. De brief gaat niet weg, of niet verder.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_write)
def mailing(request, pk):
    """One letter: read it as griffiers will; approve it, send it back, withdraw it."""
    people = ("written_by", "approved_by", "returned_by", "withdrawn_by")
    found = get_object_or_404(Mailing.objects.select_related(*people), pk=pk)
    remark = ""
    if request.method == "POST":
        try:
            act(request, found)
        except (ValidationError, TooLate) as problem:
            messages.error(request, " ".join(getattr(problem, "messages", [str(problem)])))
            remark = request.POST.get("remark", "")
            found.refresh_from_db()
        else:
            messages.success(request, DONE[request.POST["do"]])
            return redirect(found)
    context = {
        "mailing": found,
        "shown": text.read(found.body, References()).intro,
        "seen": found.fingerprint,
        "may_read": may_read_for(request.user, found),
        "remark": remark,
        "reachable": GriffieAddress.objects.reachable().count(),
        "delivered": found.went(),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "outreach/mailing.html", context, status=status)


def act(request, found):
    """Do what the button says."""
    asked = {"by": request.user, "at": timezone.now()}
    match request.POST.get("do"):
        case "approve":
            letters.approve(found, **asked, seen=request.POST.get("seen", ""))
        case "send_back":
            letters.send_back(found, **asked, remark=printable(request.POST.get("remark", "")))
        case "withdraw":
            letters.withdraw(found, **asked)
        case _:
            raise ValidationError("Kies wat je wilt doen.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(may_write)
def upload(request):
    """Step 1 of taking in addresses: the file."""
    form = UploadForm(posted(request), request.FILES or None)
    if form.is_valid():
        return choose_columns(request, ColumnsForm(table=form.table, content=as_text(form.table)))
    return form_page(request, "outreach/upload.html", {"form": form})


@require_http_methods(["POST"])
@for_staff(may_write)
def columns(request):
    """Steps 2 and 3: which column is what, what would change, and then to do it."""
    try:
        form = ColumnsForm(request.POST)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return redirect("outreach:upload")
    if not form.is_valid():
        return choose_columns(request, form)
    asked = {name: form.cleaned_data[name] for name in ("area", "email", "source")}
    dry_run = "keep" not in request.POST
    report = addresses.take_in(form.table, **asked, on=timezone.localdate(), dry_run=dry_run)
    if not dry_run:
        messages.success(
            request,
            f"{len(report.new)} nieuw, {len(report.replaced)} vervangen, {report.same} gelijk.",
        )
        return redirect("outreach:mailings")
    return choose_columns(request, form, report)


def choose_columns(request, form, report=None):
    context = {"form": form, "table": form.table, "first": form.table.rows[:5], "report": report}
    return form_page(request, "outreach/columns.html", context)


def as_text(table) -> str:
    """The table as it travels between the steps."""
    output = io.StringIO()
    csv.writer(output, delimiter=";").writerows([table.columns, *table.rows])
    return output.getvalue()
