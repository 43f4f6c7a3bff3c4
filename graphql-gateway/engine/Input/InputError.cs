namespace OsstOrleans.GraphQL.Input;

/// <summary>What is wrong with a variable's value.</summary>
/// <param name="Code">The <c>extensions.code</c>.</param>
/// <param name="Text">Where in the value, and why.</param>
internal readonly record struct InputError(string Code, string Text);
