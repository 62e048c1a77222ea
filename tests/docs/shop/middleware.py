"""Whose request it is."""

from shop.models import Organisation


def organisation_middleware(get_response):
    """Let each request belong to the organisation of its host's name."""

    def answer(request):
        request.organisation = Organisation.objects.filter(name=request.get_host()).first()
        return get_response(request)

    return answer
