namespace Zweizeiler.ServiceDefaults.Tests;

public class PublicId_Specs
{
    [Fact]
    public void An_id_comes_back_as_it_went()
    {
        foreach (var id in new[] { Guid.Empty, Guid.AllBitsSet, Guid.Parse("01932f2c-9a7e-7c3d-8e21-0123456789ab") })
        {
            PublicId.TryParse("job", PublicId.Format("job", id), out var back).ShouldBeTrue();
            back.ShouldBe(id);
        }
    }

    [Fact]
    public void Ids_sort_as_they_were_made()
    {
        var start = DateTimeOffset.Parse("2026-11-23T18:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var ids = Enumerable.Range(0, 50).Select(i => PublicId.Format("job", Guid.CreateVersion7(start.AddMilliseconds(i)))).ToList();
        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("job_")]
    [InlineData("job_0000000000000000000000000")]
    [InlineData("job_000000000000000000000000000")]
    [InlineData("jobx00000000000000000000000000")]
    [InlineData("inv_00000000000000000000000000")]
    [InlineData("job_0000000000000000000000000u")]
    [InlineData("job_0000000000000000000000000A")]
    [InlineData("job_80000000000000000000000000")]
    public void What_is_no_id_of_the_kind_is_refused(string? text) => PublicId.TryParse("job", text, out _).ShouldBeFalse();
}
