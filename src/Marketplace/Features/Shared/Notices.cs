using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Zweizeiler.Marketplace.Features.Shared;

/// <summary>What an action did, said in words on the next page.</summary>
internal static class Notices
{
    public static void Notice(this PageModel page, string words, bool isGood = true)
    {
        page.TempData["Notice"] = words;
        page.TempData["NoticeKind"] = isGood ? "good" : "sorry";
    }
}
