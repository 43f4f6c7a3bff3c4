using Microsoft.AspNetCore.Components;
using OsstOrleans.Dashboard.Components;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>A page to render: its title and its component with the parameters.</summary>
/// <param name="Title">For the browser's tab.</param>
/// <param name="Component">A component of <c>Pages</c> or <c>Components</c>.</param>
/// <param name="Parameters">By name.</param>
public sealed record PageBody(string Title, Type Component, IReadOnlyDictionary<string, object?> Parameters)
{
    public static PageBody Of<TComponent>(string title, params IEnumerable<(string Name, object? Value)> parameters)
        where TComponent : IComponent =>
        new(title, typeof(TComponent), parameters.ToDictionary(one => one.Name, one => one.Value));

    public static PageBody Notice(
        string title, string text, string tone = "", string? href = null, string? action = null) =>
        Of<Notice>(title, ("Title", title), ("Text", text), ("Tone", tone), ("Href", href), ("Action", action));
}
