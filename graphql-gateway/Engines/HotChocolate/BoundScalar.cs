using System.Text.Json;
using HotChocolate;
using HotChocolate.Features;
using HotChocolate.Language;
using HotChocolate.Text.Json;
using HotChocolate.Types;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>
/// A custom scalar whose reading and writing is the platform's. Within the engine its input stays in the raw form that
/// <see cref="ScalarRead{T}"/> takes; <see cref="RawInput"/> turns it into the CLR value for a resolver.
/// </summary>
internal sealed class BoundScalar : ScalarType
{
    private static readonly AnyType s_any = new();
    private readonly ScalarBinding _binding;

    public BoundScalar(ScalarTypeDefinitionNode definition, ScalarBinding binding)
        : base(definition.Name.Value)
    {
        _binding = binding;
        Description = definition.Description?.Value;
        var url = definition.Directives.FirstOrDefault(d => d.Name.Value == "specifiedBy")?.Arguments[0].Value;
        if (url is StringValueNode text)
            SpecifiedBy = new Address(text.Value);
    }

    public override Type RuntimeType => typeof(object);

    public override ScalarSerializationType SerializationType => ScalarSerializationType.Any;

    public override bool IsValueCompatible(IValueNode valueLiteral) =>
        // An enum value is a bare word: no scalar is written so.
        valueLiteral is not EnumValueNode && RawInput.Of(valueLiteral) is { } raw && _binding.TryRead(raw, out _);

    public override bool IsValueCompatible(JsonElement inputValue) =>
        RawInput.Of(inputValue) is { } raw && _binding.TryRead(raw, out _);

    public override object CoerceInputLiteral(IValueNode valueLiteral) =>
        IsValueCompatible(valueLiteral) ? RawInput.Of(valueLiteral)! : throw Unfit();

    public override object CoerceInputValue(JsonElement inputValue, IFeatureProvider context) =>
        IsValueCompatible(inputValue) ? RawInput.Of(inputValue)! : throw Unfit();

    public override void CoerceOutputValue(object runtimeValue, ResultElement resultValue)
    {
        using var json = new JsonSink(256);
        _binding.WriteBoxed(runtimeValue, json);
        var element = JsonElement.Parse(json.Written);
        if (element.ValueKind == JsonValueKind.String)
            resultValue.SetStringValue(element.GetString()!);
        else
            s_any.CoerceOutputValue(element, resultValue);
    }

    public override IValueNode ValueToLiteral(object runtimeValue)
    {
        using var json = new JsonSink(256);
        RawInput.Write(runtimeValue, json);
        return Utf8GraphQLParser.Syntax.ParseValueLiteral(json.Written);
    }

    private LeafCoercionException Unfit() =>
        new($"{Name} cannot represent the value: expected {_binding.Expects}.", this);

    /// <summary>The engine takes it as a <see cref="Uri"/> in 16.0 and as text from 16.5 on.</summary>
    private readonly record struct Address(string Text)
    {
        public static implicit operator Uri(Address address) => new(address.Text);

        public static implicit operator string(Address address) => address.Text;
    }
}
