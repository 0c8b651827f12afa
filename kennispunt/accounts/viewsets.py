"""Accounts in the back office: Wagtail's list and forms, with our one name and no passwords."""

from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView as WagtailIndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

OURS = {"email", "name", "is_superuser", "groups"}


class _OneName:
    """Wagtail asks a first and a last name; we know one, and it may be empty."""

    first_name = None
    last_name = None

    def save(self, commit=True):
        new = self.instance.pk is None
        user = super().save(commit=False)
        if new:
            user.set_unusable_password()
        if commit:
            user.save()
            self.save_m2m()
            user.keep_address()
        return user


class AddForm(_OneName, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = OURS


class ChangeForm(_OneName, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = OURS | {"is_active"}


class IndexView(WagtailIndexView):
    search_fields = ("name", "email")


class UserViewSet(WagtailUserViewSet):
    index_view_class = IndexView

    def get_form_class(self, for_update=False):
        return ChangeForm if for_update else AddForm
