"""What a griffier forwards (open to everyone), and what staff do to reach them."""

import csv
import io

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kennispunt.elections import places
from kennispunt.elections.models import Area
from kennispunt.outreach import actions, addresses, kit
from kennispunt.outreach.forms import ColumnsForm, MailingForm, UploadForm
from kennispunt.outreach.models import GriffieAddress, Mailing, Text
from kennispunt.outreach.permissions import MAY_WRITE, may_approve
from kennispunt.pagecache.views import kept
from kennispunt.pages import text
from kennispunt.pages.references import References

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROBOT = ("bot", "crawl", "spider", "preview", "scan")


def find_area(slug) -> Area:
    """The area of this slug or code, as it is today: what merged gives what it became."""
    found = Area.objects.filter(Q(slug=slug) | Q(code=slug.upper())).first()
    if found is None:
        raise Http404
    now = places.heirs(found, timezone.localdate())
    return now[0] if now else found


@require_safe
@kept
def griffiers(request):
    """Why to forward, and the way to the kit of your own municipality."""
    words = request.GET.get("q", "")[:200]
    found = places.search(words)
    if len(found) == 1:
        return redirect("outreach:area", found[0].slug)
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
@kept
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
        actions.count_opening(found, on=timezone.localdate())
    return redirect("/")


# --- Staff ---------------------------------------------------------------------------------------


@require_safe
@never_cache
@permission_required(MAY_WRITE, raise_exception=True)
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
@never_cache
@permission_required(MAY_WRITE, raise_exception=True)
def write(request):
    """Write a letter. It goes nowhere before a second pair of eyes."""
    form = MailingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.written_by = request.user
        form.save()
        messages.success(request, "De brief is bewaard. Een collega moet hem goedkeuren.")
        return redirect(form.instance)
    return render(request, "outreach/write.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permission_required(MAY_WRITE, raise_exception=True)
def mailing(request, pk):
    """One letter: read it as griffiers will, and approve it when you did not write it."""
    found = get_object_or_404(Mailing.objects.select_related("written_by", "approved_by"), pk=pk)
    if request.method == "POST":
        if problem := actions.approve(found, by=request.user, at=timezone.now()):
            messages.error(request, problem)
        else:
            messages.success(request, "Goedgekeurd. De brieven gaan nu de uitbak in.")
        return redirect(found)
    context = {
        "mailing": found,
        "shown": text.read(found.body, References()).intro,
        "may_approve": may_approve(request.user, found) and found.approved_at is None,
        "reachable": GriffieAddress.objects.reachable().count(),
        "delivered": found.deliveries.count(),
    }
    return render(request, "outreach/mailing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permission_required(MAY_WRITE, raise_exception=True)
def upload(request):
    """Step 1 of taking in addresses: the file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return choose_columns(request, ColumnsForm(table=form.table, content=as_text(form.table)))
    return render(request, "outreach/upload.html", {"form": form})


@require_http_methods(["POST"])
@never_cache
@permission_required(MAY_WRITE, raise_exception=True)
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
    return render(request, "outreach/columns.html", context)


def as_text(table) -> str:
    """The table as it travels between the steps."""
    output = io.StringIO()
    csv.writer(output, delimiter=";").writerows([table.columns, *table.rows])
    return output.getvalue()
