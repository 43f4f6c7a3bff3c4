namespace OsstOrleans.Grains.Codes;

/// <summary>The code system in which an enumeration of the domain has its official codes.</summary>
/// <param name="system">Its OID, or a local name where none is known.</param>
[AttributeUsage(AttributeTargets.Enum)]
public sealed class CodedInAttribute(string system) : Attribute
{
    /// <summary>The code system's identifier.</summary>
    public string System => system;
}
