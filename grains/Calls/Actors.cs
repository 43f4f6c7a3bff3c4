namespace OsstOrleans.Grains.Calls;

/// <summary>Who recorded something, as it is stored: <c>role/subject</c>.</summary>
public static class Actors
{
    /// <summary>The role's name and the subject; one person may hold two roles.</summary>
    /// <param name="actor">As <see cref="Caller.Actor"/> has it.</param>
    public static (string Role, string Subject) Of(string actor)
    {
        var slash = actor.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? ("", actor) : (actor[..slash], actor[(slash + 1)..]);
    }
}
