import html5lib
import pytest
from django import forms
from django.core.exceptions import ValidationError

NAMESPACE = "{http://www.w3.org/1999/xhtml}"


class SignUp(forms.Form):
    email = forms.EmailField(
        label="Je e-mailadres", help_text="Hier sturen we de bevestiging heen."
    )
    people = forms.IntegerField(label="Met hoeveel mensen kom je?", max_value=3)
    note = forms.CharField(label="Opmerking", required=False, widget=forms.Textarea)
    topic = forms.ChoiceField(label="Onderwerp", choices=[("", "–"), ("a", "Geld")])
    hurry = forms.ChoiceField(
        label="Heb je haast?", choices=[("y", "Ja"), ("n", "Nee")], widget=forms.RadioSelect
    )
    share = forms.BooleanField(label="Anderen mogen ervan leren")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        if self.cleaned_data.get("note") == "vol":
            raise ValidationError("Deze training is vol.")


def parsed(form):
    """The form as a browser reads it."""
    return html5lib.parseFragment(str(form), namespaceHTMLElements=False)


def by_id(tree, id):
    [found] = [element for element in tree.iter() if element.get("id") == id]
    return found


def text(element):
    return " ".join("".join(element.itertext()).split())


def test_every_field_has_its_label_and_help():
    tree = parsed(SignUp())
    labels = {label.get("for"): text(label) for label in tree.iter("label") if label.get("for")}

    assert labels["id_email"] == "Je e-mailadres"
    assert by_id(tree, "id_email").get("aria-describedby") == "id_email_helptext"
    assert text(by_id(tree, "id_email_helptext")) == "Hier sturen we de bevestiging heen."


def test_only_what_is_optional_is_marked():
    marked = [text(label) for label in parsed(SignUp()).iter("label") if "verplicht" in text(label)]

    assert marked == ["Opmerking (niet verplicht)"]


def test_what_another_answer_may_ask_for_is_not_marked():
    class Asking(SignUp):
        may_be_asked = ("note",)

    assert "verplicht" not in str(Asking())


def test_choices_are_a_group_with_the_question_as_its_legend():
    [group] = parsed(SignUp()).iter("fieldset")

    assert text(group.find("legend")) == "Heb je haast?"
    assert [radio.get("type") for radio in group.iter("input")] == ["radio", "radio"]


def test_form_without_errors_has_no_summary():
    assert "errors" not in str(SignUp())


def test_summary_names_what_to_do_and_leads_to_each_field():
    tree = parsed(SignUp({"people": "5", "note": "vol", "secret": "x"}))
    [summary] = tree.iter("section")

    assert summary.get("tabindex") == "-1" and summary.get("autofocus") is not None
    assert [(a.get("href"), text(a)) for a in summary.iter("a")] == [
        ("#id_email", "Je e-mailadres: Vul dit in."),
        ("#id_people", "Met hoeveel mensen kom je? " + too_many()),
        ("#id_topic", "Onderwerp: Kies er een."),
        ("#id_hurry_0", "Heb je haast? Kies wat bij je past."),
        ("#id_share", "Anderen mogen ervan leren: Zet een vinkje om verder te gaan."),
    ]
    assert "Deze training is vol." in text(summary)
    for link in summary.iter("a"):
        by_id(tree, link.get("href")[1:])


def too_many():
    with pytest.raises(ValidationError) as problem:
        forms.IntegerField(max_value=3).clean("5")
    return problem.value.messages[0]


def test_field_with_an_error_says_so_to_everyone_and_keeps_what_was_typed():
    tree = parsed(SignUp({"people": "5", "secret": "x"}))
    people = by_id(tree, "id_people")

    assert people.get("value") == "5"
    assert people.get("aria-invalid") == "true"
    assert people.get("aria-describedby") == "id_people_error"
    assert text(by_id(tree, "id_people_error")) == too_many()


def test_own_message_for_an_empty_field_stays():
    class OwnWords(forms.Form):
        name = forms.CharField(error_messages={"required": "Zeg hoe je heet."})

    assert "Zeg hoe je heet." in str(OwnWords({}))


def test_error_of_a_hidden_field_is_told():
    complete = {
        "email": "anna@example.org", "people": "1", "topic": "a", "hurry": "y", "share": "on"
    }  # fmt: skip

    assert "secret" in text(next(parsed(SignUp(complete)).iter("section")))


def test_typed_text_is_escaped():
    assert "<script>" not in str(SignUp({"email": "<script>", "note": "</textarea><script>"}))
