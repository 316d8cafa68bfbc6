using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Persistence;

/// <summary>States are stored by the names that the API uses, so that a query in psql reads like the documentation.</summary>
internal sealed class JobStateConverter() : ValueConverter<JobState, string>(state => state.Name(), name => JobStates.Parse(name));

internal sealed class ComplaintStateConverter() : ValueConverter<ComplaintState, string>(state => state.Name(), name => ComplaintStates.Parse(name));

internal sealed class SealedTextConverter() : ValueConverter<SealedText, byte[]>(text => text.Bytes, bytes => new SealedText(bytes));

internal sealed class WrappedDataKeyConverter() : ValueConverter<WrappedDataKey, byte[]>(key => key.Bytes, bytes => new WrappedDataKey(bytes));

internal sealed class SpendingLimitConverter() : ValueConverter<SpendingLimit, string>(limit => limit.ToString(), text => SpendingLimit.Parse(text));

internal sealed class MetadataConverter() : ValueConverter<IReadOnlyDictionary<string, string>, string>(
    pairs => JsonSerializer.Serialize(pairs, JsonSerializerOptions.Web),
    json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Web)!);

/// <summary>Metadata never changes after a job is placed: the reference tells.</summary>
internal sealed class MetadataComparer() : ValueComparer<IReadOnlyDictionary<string, string>>(
    (a, b) => ReferenceEquals(a, b), pairs => pairs.Count, pairs => pairs);
