using System.Collections.Concurrent;
using System.Net;
using Orleans.Runtime;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Cluster.Logs;

/// <summary>
/// What of a log entry's values may be shown. Their types decide, and never their texts: a type that is not known to
/// be without a grain's key is shown by its name alone.
/// </summary>
internal sealed class LogValues
{
    private static readonly LogValues WithText = new() { TakesText = true };
    private static readonly LogValues WithoutText = new();

    private static readonly HashSet<Type> Keyless =
    [
        typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Version), typeof(IPAddress), typeof(IPEndPoint), typeof(SiloAddress), typeof(GrainType),
        typeof(GrainInterfaceType), typeof(MembershipVersion), typeof(Orleans.MembershipEntry),
        typeof(Orleans.MembershipTableData),
    ];

    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    private LogValues()
    {
    }

    /// <summary>Orleans' text may be a grain's name; that of its membership speaks of silos alone.</summary>
    private bool TakesText { get; init; }

    public static LogValues Of(string category) =>
        category.StartsWith("Orleans", StringComparison.Ordinal)
        && !category.StartsWith("Orleans.Runtime.MembershipService", StringComparison.Ordinal)
            ? WithoutText
            : WithText;

    /// <summary>
    /// True when an entry of another's has a value that may carry a key: one of Orleans', a grain, or its name.
    /// </summary>
    public bool MayNameAGrain<TState>(TState state) =>
        state is IReadOnlyList<KeyValuePair<string, object?>> values && values.Any(value => value.Value is { } it
            && IsAboutGrains(it.GetType()) && !ReferenceEquals(Shown(it), it));

    /// <summary>The value, or what stands in its place.</summary>
    public object? Shown(object? value) => value switch
    {
        null => null,
        GrainId grain => $"{grain.Type}/*",
        GrainName grain => $"{GrainName.NameOf(grain.Kind)}/*",
        string => TakesText ? value : "[text]",
        Type type => type.FullName,
        Exception fault => fault.GetType().FullName,
        _ => Known.GetOrAdd(value.GetType(), IsKeyless) ? value : $"[{value.GetType().Name}]",
    };

    /// <summary>Lists and Orleans' wrappers of lists are what they are lists of; of letters or bytes they are texts.
    /// </summary>
    private static bool IsKeyless(Type type) =>
        (type.IsPrimitive && type != typeof(char) && type != typeof(byte)) || type.IsEnum || Keyless.Contains(type)
        || type.Namespace == "Orleans.Runtime.MembershipService"
        || (type.IsArray && IsKeyless(type.GetElementType()!))
        || (type.IsGenericType && type.GetGenericArguments().All(IsKeyless));

    /// <summary>A grain and a reference to one are of the assembly that declares or calls it, and not of Orleans'.
    /// </summary>
    private static bool IsAboutGrains(Type type) =>
        type.Assembly.GetName().Name!.StartsWith("Orleans", StringComparison.Ordinal)
        || type == typeof(GrainName) || type.IsAssignableTo(typeof(IAddressable))
        || (type.IsGenericType && type.GetGenericArguments().Any(IsAboutGrains))
        || (type.IsArray && IsAboutGrains(type.GetElementType()!));
}
