using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Zweizeiler.Marketplace.Features.Shared;

/// <summary>What an action did, said in words on the next page.</summary>
internal static class Notices
{
    public static void Notice(this PageModel page, string words, bool isGood = true) => page.TempData.Notice(words, isGood);

    public static void Notice(this ITempDataDictionary notes, string words, bool isGood)
    {
        notes["Notice"] = words;
        notes["NoticeKind"] = isGood ? "good" : "sorry";
    }
}
