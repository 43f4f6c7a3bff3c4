using Orleans;
using OsstOrleans.Silo.Engines.Orleans;

namespace OsstOrleans.Silo.Tests.Engines;

/// <summary>The calls between processes of a cluster, which may be of two versions.</summary>
public sealed class GrainContractTests
{
    [Fact]
    public void Interfaces_methods_and_grain_types_only_grow() => Golden.MayOnlyGrow("grain-contract.txt",
    [
        .. from type in typeof(IHostedGrain).Assembly.GetTypes()
           where type.IsInterface && type.IsAssignableTo(typeof(IHostedGrain))
           from line in MethodsOf(type)
           select line,
        .. from type in typeof(IHostedGrain).Assembly.GetTypes()
           where !type.IsAbstract && type.IsSubclassOf(typeof(HostedGrain))
           select $"grain {Attribute<GrainTypeAttribute>(type).GetGrainType(null!, type)}: "
               + string.Join(", ", type.GetInterfaces().Where(i => i != typeof(IHostedGrain)
                   && i.IsAssignableTo(typeof(IHostedGrain))).Select(i => Attribute<AliasAttribute>(i).Alias)),
    ]);

    private static IEnumerable<string> MethodsOf(Type type) => type.GetMethods()
        .Select(method => $"{Attribute<AliasAttribute>(type).Alias}.{Attribute<AliasAttribute>(method).Alias}("
            + $"{string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))}): "
            + method.ReturnType.GetGenericArguments()[0].Name)
        .DefaultIfEmpty($"{Attribute<AliasAttribute>(type).Alias}: as osst.grain");

    private static T Attribute<T>(System.Reflection.MemberInfo member)
        where T : Attribute => Assert.Single(member.GetCustomAttributes(typeof(T), inherit: false).Cast<T>());
}
