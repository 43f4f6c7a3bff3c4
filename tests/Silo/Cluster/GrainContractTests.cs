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

    private static bool IsContract(Type type) => type.IsInterface && type != typeof(IGrainWithStringKey)
        && type.IsAssignableTo(typeof(IGrainWithStringKey));

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    private static T Attribute<T>(MemberInfo member)
        where T : Attribute => Assert.Single(member.GetCustomAttributes(typeof(T), inherit: false).Cast<T>());
}
