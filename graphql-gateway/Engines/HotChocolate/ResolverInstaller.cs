using HotChocolate.Configuration;
using HotChocolate.Types.Descriptors.Configurations;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>
/// Gives every field of the schema its code while the engine completes its types. Values read from a parent become pure
/// resolvers, which the engine calls in place and without a task.
/// </summary>
internal sealed class ResolverInstaller(SdlIndex sdl, ResolverMap map) : TypeInterceptor
{
    private readonly ArgumentReader _arguments = new(sdl, map.Scalars);

    public override void OnBeforeCompleteType(
        ITypeCompletionContext completionContext, TypeSystemConfiguration? configuration)
    {
        if (configuration is not ObjectTypeConfiguration type || sdl.Object(type.Name) is not { } definition)
            return;
        // Decides which type a value of an interface or union is.
        if (map.Objects.TryGetValue(type.Name, out var clr))
            type.IsOfType = (_, value) => clr.IsInstanceOfType(value);
        foreach (var field in type.Fields)
            if (definition.Fields.FirstOrDefault(f => f.Name.Value == field.Name) is { } found)
                Install(field, new FieldDelegates(type.Name, found, sdl, _arguments));
    }

    private void Install(ObjectFieldConfiguration field, FieldDelegates delegates)
    {
        var resolver = map.Find(delegates.TypeName, field.Name);
        var code = resolver is null
            ? delegates.Property(map.Objects.GetValueOrDefault(delegates.TypeName))
            : resolver.Accept(delegates);
        if (code.Pure is not null)
            field.PureResolver = code.Pure;
        else
            field.Resolver = code.Resolver;
        if (code.Subscribe is not null)
            field.SubscribeResolver = code.Subscribe;
        if (delegates.TypeName == "Mutation")
            field.IsParallelExecutable = false;
    }
}
