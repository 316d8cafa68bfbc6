using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Live;

/// <summary>
/// Renders an offer's card outside a page, in the reader's language, from the very partial that the page uses. Of the many pages that hear of a job at once
/// the first renders for all to whom it looks the same.
/// </summary>
public sealed class CardRenderer(IRazorViewEngine views, ITempDataProvider tempData, Reader reader)
{
    private const string View = "/Features/Jobs/_OfferCard.cshtml";

    /// <summary>The card for whoever asks, with <paramref name="token"/>, her own, in its forms.</summary>
    public async Task<string> RenderAsync(HttpContext http, JobNews news, OfferView offer, string token)
    {
        var she = http.User.TranslatorId();
        var look = new CardLook(reader.Locale, reader.Zone.Id, offer.MarkFor(she), offer.OfferedToId == she);
        if (!news.Cards.TryGetValue(look, out var card))
        {
            card = new RenderedCard(await RenderAsync(http, offer), token);
            news.Cards.TryAdd(look, card);
        }

        return card.For(token);
    }

    private async Task<string> RenderAsync(HttpContext http, OfferView offer)
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
