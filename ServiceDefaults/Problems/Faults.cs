namespace Zweizeiler.ServiceDefaults.Problems;

/// <summary>Collects every fault of a request, so that a client corrects all of them in one go. The first fault at a place stands: later ones only follow from it.</summary>
public sealed class Faults
{
    private readonly List<Fault> _faults = [];
    private readonly HashSet<string> _places = new(StringComparer.Ordinal);

    public bool Any => _faults.Count > 0;

    public IReadOnlyList<Fault> All => _faults;

    public void Add(string pointer, string code, string detail)
    {
        if (_places.Add(pointer))
        {
            _faults.Add(new Fault(pointer, code, detail));
        }
    }

    public bool Has(string pointer) => _places.Contains(pointer);

    /// <summary>
    /// The elements of a list and their places in what was sent: those that could not even be read have their faults and are gone from the list;
    /// the others keep their places.
    /// </summary>
    /// <param name="pointer">Where the list is.</param>
    /// <param name="elements">What is left of it; none if it was not given.</param>
    public IEnumerable<(int Index, string At, T Value)> Placed<T>(string pointer, IEnumerable<T>? elements)
    {
        var index = 0;
        foreach (var element in elements ?? [])
        {
            while (Has($"{pointer}/{index}"))
            {
                index++;
            }

            yield return (index, $"{pointer}/{index}", element);
            index++;
        }
    }

    public ApiProblem ToProblem() => CommonProblems.Validation(_faults);

    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new ApiException(ToProblem());
        }
    }
}
