namespace OsstOrleans.Grains.Hosting;

/// <summary>Comes back to what a grain's event asks for until it is carried out, whatever crashes meanwhile.</summary>
public interface IOpenWork
{
    /// <summary>
    /// Expects an <see cref="IOpensWork"/> of a grain: its grain waits for this before it stores it. What is
    /// expected and never happens is forgotten after some minutes.
    /// </summary>
    /// <param name="grain">Whose work it is.</param>
    /// <param name="inOneFile">There is something to do also where the whole store is one file.</param>
    /// <returns>Completes when it is remembered durably.</returns>
    Task Expect(GrainName grain, bool inOneFile = true);
}
