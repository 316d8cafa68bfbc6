using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Zweizeiler.Marketplace.Features.Jobs;

namespace Zweizeiler.Marketplace.Features.Live;

/// <summary>Renders an offer's card outside a page, in the reader's language, from the very partial that the page uses.</summary>
public sealed class CardRenderer(IRazorViewEngine views, ITempDataProvider tempData)
{
    private const string View = "/Features/Jobs/_OfferCard.cshtml";

    public async Task<string> RenderAsync(HttpContext http, OfferView offer)
    {
        var action = new ActionContext(http, http.GetRouteData(), new ActionDescriptor());
        var found = views.GetView(executingFilePath: null, View, isMainPage: false);
        found.EnsureSuccessful([]);
        await using var output = new StringWriter();
        var data = new ViewDataDictionary<OfferView>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = offer };
        await found.View.RenderAsync(new ViewContext(
            action, found.View, data, new TempDataDictionary(http, tempData), output, new HtmlHelperOptions()));
        return output.ToString();
    }
}
