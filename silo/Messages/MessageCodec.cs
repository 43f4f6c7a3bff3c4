using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace OsstOrleans.Silo.Messages;

/// <summary>
/// Sends our own records between processes: each as its name and its JSON, so that no name of a .NET type is in a
/// message and types can move. Within a process they are handed on as they are: they never change.
/// </summary>
[Alias(Alias)]
internal sealed class MessageCodec : IGeneralizedCodec, IGeneralizedCopier, ITypeFilter
{
    private const string Alias = "osst";
    private const uint NameField = 0;
    private const uint JsonField = 1;

    /// <summary>Makes Orleans' serializer use it.</summary>
    public static void AddTo(IServiceCollection services) => services
        .AddSingleton<MessageCodec>()
        .AddSingleton<IGeneralizedCodec>(given => given.GetRequiredService<MessageCodec>())
        .AddSingleton<IGeneralizedCopier>(given => given.GetRequiredService<MessageCodec>())
        .AddSingleton<ITypeFilter>(given => given.GetRequiredService<MessageCodec>())
        .Configure<TypeManifestOptions>(types => types.WellKnownTypeAliases[Alias] = typeof(MessageCodec));

    public bool IsSupportedType(Type type) => type == typeof(MessageCodec) || MessageNames.Has(type);

    public bool? IsTypeAllowed(Type type) => IsSupportedType(type) ? true : null;

    [return: NotNullIfNotNull(nameof(input))]
    public object? DeepCopy(object? input, CopyContext context) => input;

    public void WriteField<TBufferWriter>(
        ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : System.Buffers.IBufferWriter<byte>
    {
        if (ReferenceCodec.TryWriteReferenceField(ref writer, fieldIdDelta, expectedType!, value))
        {
            return;
        }
        // Orleans asks for the type that reads the field: this codec, which then looks at the name.
        writer.WriteFieldHeader(fieldIdDelta, expectedType!, typeof(MessageCodec), WireType.TagDelimited);
        var (name, json) = MessageJson.Write(value!);
        StringCodec.WriteField(ref writer, NameField, name);
        ByteArrayCodec.WriteField(ref writer, JsonField - NameField, json);
        writer.WriteEndObject();
    }

    public object? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.IsReference)
        {
            return ReferenceCodec.ReadReference(ref reader, field.FieldType);
        }
        field.EnsureWireTypeTagDelimited();
        var placeholder = ReferenceCodec.CreateRecordPlaceholder(reader.Session);
        var (name, json, number) = ("", Array.Empty<byte>(), 0u);
        while (reader.ReadFieldHeader() is { IsEndBaseOrEndObject: false } part)
        {
            number += part.FieldIdDelta;
            switch (number)
            {
                case NameField:
                    name = StringCodec.ReadValue(ref reader, part)!;
                    break;
                case JsonField:
                    json = ByteArrayCodec.ReadValue(ref reader, part)!;
                    break;
                default:
                    reader.ConsumeUnknownField(part);
                    break;
            }
        }
        var message = MessageJson.Read(name, json);
        ReferenceCodec.RecordObject(reader.Session, message!, placeholder);
        return message;
    }
}
