namespace OsstOrleans.GraphQL.Binding;

/// <summary>A resolver and the schema do not fit; one sentence.</summary>
internal sealed class BindingFault(string message) : Exception(message);
