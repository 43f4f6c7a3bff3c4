using System.Globalization;
using System.Reflection;
using Orleans;
using Orleans.CodeGeneration;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Processes;

namespace OsstOrleans.Silo.Tests.Cluster;

/// <summary>The calls between processes of a cluster, which may be of two versions.</summary>
public sealed class GrainContractTests
{
    private static readonly Type[] Types =
        [.. typeof(IClientGrain).Assembly.GetTypes(), .. typeof(IProcessGrain).Assembly.GetTypes()];

    [Fact]
    public void Interfaces_methods_and_grain_types_only_grow() => Golden.MayOnlyGrow("grain-contract.txt",
    [
        .. from type in Types
           where IsContract(type)
           from method in type.GetMethods()
           select $"{Attribute<AliasAttribute>(type).Alias}.{Attribute<AliasAttribute>(method).Alias}("
               + $"{string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))}): "
               + (method.ReturnType.GetGenericArguments() is [var reply] ? NameOf(reply) : "nothing"),
        .. from type in Types
           where type.IsAssignableTo(typeof(Grain)) && !type.IsAbstract
           select $"grain {Attribute<GrainTypeAttribute>(type).GetGrainType(null!, type)}: "
               + string.Join(", ", type.GetInterfaces().Where(IsContract)
                   .Select(i => Attribute<AliasAttribute>(i).Alias)),
    ]);

    [Fact]
    public void Every_interface_says_its_version() => Assert.All(
        Types.Where(IsContract), type => Assert.True(Attribute<VersionAttribute>(type).Version >= 1));

    /// <summary>
    /// A silo of an older version skips a field that it does not know, and would carry an old command out without it.
    /// Calls of a raised version go to silos alone that have it. A line: interface, version, message, fields.
    /// </summary>
    [Fact]
    public void A_new_field_of_an_old_message_raises_the_version_of_its_interface()
    {
        const string File = "message-fields.txt";
        var known = Golden.Lines(File).Select(line => line.Split(' '))
            .GroupBy(parts => (parts[0], parts[2]))
            .ToDictionary(same => same.Key, same => same.MaxBy(VersionIn)!);
        var added = new List<string>();
        foreach (var (contract, message) in Types.Where(IsContract).SelectMany(MessagesOf))
        {
            var (name, version) =
                (Attribute<AliasAttribute>(contract).Alias, Attribute<VersionAttribute>(contract).Version);
            string[] fields = [.. FieldsOf(message, []).Order(StringComparer.Ordinal)];
            if (known.TryGetValue((name, message.Name), out var before))
            {
                if (before.Skip(3).SequenceEqual(fields))
                {
                    continue;
                }
                Assert.True(
                    version > VersionIn(before),
                    $"{message.Name} has other fields than version {before[1]} of {name}; raise its [Version].");
            }
            added.Add(string.Join(' ', [name, $"{version}", message.Name, .. fields]));
        }
        Golden.MayOnlyGrow(File, Golden.Lines(File).Concat(added));
    }

    private static int VersionIn(string[] line) => int.Parse(line[1], CultureInfo.InvariantCulture);

    /// <summary>What the methods of an interface are given; of an interface of commands each of them.</summary>
    private static IEnumerable<(Type Contract, Type Message)> MessagesOf(Type contract) => contract.GetMethods()
        .SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType)
        .SelectMany(given => Types.Where(type => type.IsAssignableTo(given) && !type.IsInterface && !type.IsAbstract))
        .Distinct().Select(message => (contract, message));

    /// <summary>Fields by their paths, also of what lies within; a list is its entries.</summary>
    private static IEnumerable<string> FieldsOf(Type type, Type[] within) =>
        from field in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where field.SetMethod is not null
        let inner = EntryOf(field.PropertyType)
        from path in Types.Contains(inner) && !inner.IsEnum && !within.Contains(inner)
            && FieldsOf(inner, [.. within, type]).ToArray() is { Length: > 0 } paths
            ? paths.Select(path => $"{field.Name}.{path}")
            : [field.Name]
        select path;

    private static Type EntryOf(Type type) =>
        Nullable.GetUnderlyingType(type) ?? (type.IsGenericType ? type.GetGenericArguments()[^1] : type);

    private static bool IsContract(Type type) => type.IsInterface && type != typeof(IGrainWithStringKey)
        && type.IsAssignableTo(typeof(IGrainWithStringKey));

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    private static T Attribute<T>(MemberInfo member)
        where T : Attribute => Assert.Single(member.GetCustomAttributes(typeof(T), inherit: false).Cast<T>());
}
