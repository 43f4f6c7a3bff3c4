using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Silo.Import;

/// <summary>A field of a line that is a field of its command.</summary>
/// <param name="Property">The command's.</param>
/// <param name="Parameter">What the command's constructor calls it; null for a list that is set behind it.</param>
public sealed record LineField(PropertyInfo Property, ParameterInfo? Parameter)
{
    /// <summary>The name in files.</summary>
    public string Name { get; } = JsonNamingPolicy.CamelCase.ConvertName(Property.Name);

    /// <summary>What a line holds: absent is null, whatever the command makes of it.</summary>
    public Type Type { get; } = Property.PropertyType.IsValueType
        && Nullable.GetUnderlyingType(Property.PropertyType) is null
            ? typeof(Nullable<>).MakeGenericType(Property.PropertyType)
            : Property.PropertyType;

    /// <summary>True when there is no command without it.</summary>
    public bool IsNeeded { get; } = Parameter is { HasDefaultValue: false };

    /// <summary>
    /// True for names that the sending system gives within a client, of any form: <see cref="LineRules.OwnId"/>.
    /// </summary>
    public bool IsOwnId { get; } = Property.Name is nameof(BookMeeting.MeetingId) or nameof(MakePlan.PlanId)
        or nameof(BookMeeting.ReferralId);
}

/// <summary>How a line becomes its command, from the command's record.</summary>
internal sealed class CommandForm
{
    private readonly ConstructorInfo _constructor;

    public CommandForm(ImportKind kind, LinesOfAttribute lines)
    {
        (Kind, Lines) = (kind, lines);
        _constructor = lines.Form.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        var parameters = _constructor.GetParameters();
        Fields =
        [
            .. from property in lines.Form.GetProperties(BindingFlags.Public | BindingFlags.Instance)
               where property.SetMethod is not null && !lines.Without.Contains(property.Name)
               select new LineField(property, parameters.FirstOrDefault(given => given.Name == property.Name)),
        ];
    }

    public ImportKind Kind { get; }

    public LinesOfAttribute Lines { get; }

    public IReadOnlyList<LineField> Fields { get; }

    /// <summary>The command of a line that misses nothing.</summary>
    /// <param name="values">By the places of <see cref="Fields"/>; null where absent.</param>
    public ICommand Make(object?[] values)
    {
        var given = Fields.Zip(values).ToDictionary(
            field => field.First.Property.Name,
            field => field is { First.IsOwnId: true, Second: string id } ? LineRules.OwnId(id) : field.Second);
        var command = (ICommand)_constructor.Invoke(
        [
            .. _constructor.GetParameters().Select(parameter =>
                given.GetValueOrDefault(parameter.Name!) ?? (parameter.HasDefaultValue ? Default(parameter) : null)),
        ]);
        foreach (var field in Fields.Where(field => field.Parameter is null))
        {
            if (given[field.Property.Name] is { } value)
            {
                field.Property.SetValue(command, value);
            }
        }
        return command;
    }

    /// <summary>Reflection knows the default of an enumeration by its number.</summary>
    private static object? Default(ParameterInfo parameter) =>
        parameter.ParameterType is { IsEnum: true } members && parameter.DefaultValue is { } number
            ? Enum.ToObject(members, number)
            : parameter.DefaultValue;
}

/// <summary>The forms of kinds whose lines follow from commands.</summary>
internal static class CommandForms
{
    private static readonly Dictionary<Type, CommandForm> s_forms = [];

    /// <summary>The type of a kind's lines.</summary>
    public static Type LineOf(ImportKind kind, LinesOfAttribute lines)
    {
        if (lines.Command is not { } command)
        {
            return lines.Form;
        }
        var line = (command switch
        {
            _ when command.IsAssignableTo(typeof(IClientCommand)) => typeof(ClientCommandLine<>),
            _ when command.IsAssignableTo(typeof(IMunicipalityCommand)) => typeof(MunicipalityCommandLine<>),
            _ when command.IsAssignableTo(typeof(IDropInCentreCommand)) => typeof(CentreCommandLine<>),
            _ => throw new NotSupportedException($"Nothing says which grain a line of {command.Name} is for."),
        }).MakeGenericType(command);
        s_forms[line] = new CommandForm(kind, lines);
        return line;
    }

    /// <summary>The form of a type of lines.</summary>
    public static CommandForm Of(Type line) => s_forms[line];

    /// <summary>The command's fields stand in the line itself, behind its own.</summary>
    public static void AddFields(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(CommandLine)))
        {
            return;
        }
        foreach (var (place, field) in Of(type.Type).Fields.Index())
        {
            var property = type.CreateJsonPropertyInfo(field.Type, field.Name);
            property.Get = line => ((CommandLine)line).Values[place];
            property.Set = (line, value) => ((CommandLine)line).Values[place] = value;
            type.Properties.Add(property);
        }
    }

    /// <summary>
    /// A list that is empty says as much as one that is absent: a list that a later version adds to a record does not
    /// make another line of one that is sent again.
    /// </summary>
    public static void LeaveOutEmpty(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(CommandLine)) && type.Type.Assembly != typeof(ICommand).Assembly)
        {
            return;
        }
        foreach (var property in type.Properties.Where(property =>
            property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable))))
        {
            property.ShouldSerialize = (_, value) => value is IEnumerable list && list.GetEnumerator().MoveNext();
        }
    }
}
