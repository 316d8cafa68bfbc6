namespace Zweizeiler.Pricing;

/// <summary>Computes prices. Pure functions of the price list, the order and the tax; reserve and charge are the same computation.</summary>
public static class JobPricer
{
    /// <summary>The price of a single job, with the price list's whole minimum.</summary>
    /// <inheritdoc cref="Price(PriceList, JobOrder, TaxTreatment, int)" />
    public static JobPrice Price(PriceList list, JobOrder order, TaxTreatment tax)
    {
        ArgumentNullException.ThrowIfNull(list);
        return Price(list, order, tax, list.MinimumLines);
    }

    /// <summary>The price of a job that bears a given share of the minimum.</summary>
    /// <remarks>
    /// Use it to compute a bundled job again: whoever knows its lines and billed lines only passes the lesser of the billed lines and the
    /// price list's minimum, and gets the same price if and only if the billed lines were right for some share of the minimum.
    /// </remarks>
    /// <param name="list">The price list; a job keeps the version that it was first priced with.</param>
    /// <param name="order">What is priced.</param>
    /// <param name="tax">From <see cref="TaxRules"/>.</param>
    /// <param name="minimumLines">Lines, from 0 to the price list's minimum.</param>
    /// <exception cref="ArgumentException">The price list does not offer the pair (see <see cref="PriceList.Offers"/>), or has another line length than the count.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumLines"/> is out of its range.</exception>
    /// <exception cref="OverflowException">The amount does not fit.</exception>
    public static JobPrice Price(PriceList list, JobOrder order, TaxTreatment tax, int minimumLines)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(tax);
        ArgumentOutOfRangeException.ThrowIfNegative(minimumLines);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimumLines, list.MinimumLines);
        if (!list.TryGetRate(order.Kind, order.Pair, out var rate))
        {
            throw new ArgumentException($"Price list {list.Version} does not offer {order.Pair}.", nameof(order));
        }

        if (order.Count is { } count && count.LineLength != list.LineLength)
        {
            throw new ArgumentException($"Lines of {count.LineLength} characters cannot be priced by price list {list.Version}, whose lines have {list.LineLength}.", nameof(order));
        }

        var lines = order.LinesBy(list);
        var billed = Math.Max(lines, minimumLines);
        var urgency = list.Terms(order.Urgency).Factor;
        var repetition = order.IsRepetition ? list.RepetitionShare : 1m;
        var net = Money.Round(billed * (decimal)rate * urgency * repetition, list.Currency);
        return new JobPrice
        {
            PriceList = list.Version,
            Counting = order.Count?.RulesVersion ?? LineCounter.RulesVersion,
            Characters = order.Count?.Characters ?? 0,
            Lines = lines,
            MinimumLines = minimumLines,
            BilledLines = billed,
            RatePerLine = rate,
            UrgencyFactor = urgency,
            RepetitionFactor = repetition,
            Net = net,
            Tax = tax.On(net),
            TranslatorFee = Money.Round(net.Cents * list.TranslatorShare, list.Currency),
        };
    }

    /// <summary>
    /// What remains of an amount of a job (its net price, its translator's fee) that was cancelled after work on it began: the price list's
    /// share, rounded once.
    /// </summary>
    /// <param name="list">The price list that the job was priced with.</param>
    /// <param name="amount">The whole amount.</param>
    public static Money OfCancelled(PriceList list, Money amount)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(amount);
        return Money.Round(amount.Cents * list.CancellationShare, amount.Currency);
    }

    /// <summary>The prices of jobs placed in one request, in their order: those of one pair and kind share one minimum.</summary>
    /// <remarks>
    /// The minimum is spread over them in their order, each bearing at most its own lines; what is then still missing, the first bears.
    /// So the shares make the minimum exactly, together the jobs are billed at the greater of their lines and the minimum, and no job
    /// costs more than alone.
    /// </remarks>
    /// <inheritdoc cref="Price(PriceList, JobOrder, TaxTreatment, int)" />
    public static IReadOnlyList<JobPrice> PriceBundle(PriceList list, IReadOnlyList<JobOrder> orders, TaxTreatment tax)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(orders);
        var shares = new int[orders.Count];
        foreach (var group in Enumerable.Range(0, orders.Count).GroupBy(i => (orders[i].Kind, orders[i].Pair)))
        {
            var left = list.MinimumLines;
            foreach (var i in group)
            {
                shares[i] = Math.Min(orders[i].LinesBy(list), left);
                left -= shares[i];
            }

            shares[group.First()] += left;
        }

        return [.. orders.Select((order, i) => Price(list, order, tax, shares[i]))];
    }
}
