namespace OsstOrleans.Tidy.Tests;

/// <summary>
/// A folder is a room, and its namespace its name. No two rooms of a floor need each other, directly or round a corner.
/// </summary>
public sealed class CircleTests
{
    /// <summary>Projects that lie in the folder of another.</summary>
    private static readonly string[] Nested = ["graphql-gateway/engine", "graphql-gateway/dashboard"];

    /// <summary>The floors without circles: a folder and the namespace that all its rooms lie in.</summary>
    public static TheoryData<string, string> Floors => new()
    {
        { "grains", "OsstOrleans.Grains" },
        { "silo", "OsstOrleans.Silo" },
        { "graphql-gateway", "OsstOrleans.Gateway" },
        { "graphql-gateway/engine", "OsstOrleans.GraphQL" },
        { "graphql-gateway/dashboard", "OsstOrleans.Dashboard" },
        { "deploy/simulation", "OsstOrleans.Simulation" },
    };

    [Theory]
    [MemberData(nameof(Floors))]
    public void No_two_rooms_need_each_other(string folder, string root) =>
        SourceTree.AssertNone(new Rooms(FilesOf(folder), root).Circles());

    [Theory]
    [MemberData(nameof(Floors))]
    public void A_room_is_the_folder_of_its_name(string folder, string root) => SourceTree.AssertNone(
        from file in FilesOf(folder)
        let place = Path.GetDirectoryName(file.Path)![folder.Length..].Replace('/', '.')
        where Rooms.NameIn(file) is { Length: > 0 } name && name != root + place
        select $"{file.Path} is in the namespace {Rooms.NameIn(file)}.");

    [Theory]
    [InlineData("grains", "OsstOrleans.Grains")]
    [InlineData("silo", "OsstOrleans.Silo")]
    [InlineData("graphql-gateway/engine", "OsstOrleans.GraphQL")]
    public void The_table_of_rooms_has_each_room_below_those_it_needs(string folder, string root)
    {
        var rows = SourceTree.Files.Single(file => file.Path == $"{folder}/README.md").Lines
            .SkipWhile(line => line != "## Rooms").Where(line => line.StartsWith('|')).ToArray();
        var rooms = new Rooms(FilesOf(folder), root);
        SourceTree.AssertNone(
            from room in rooms.All
            from need in rooms.NeededBy(room).Append(room)
            where RowOf(room) < 0 || RowOf(need) > RowOf(room)
            select $"{folder}/README.md has no row of {room} at or below that of {need}.");

        int RowOf(string room) => Array.FindIndex(rows, row => row.Split('|')[1] is var name
            && (room == root ? name.Trim() == "root" : name.Contains($"`{room.Split('.')[^1]}`")));
    }

    [Theory]
    [InlineData("no circle", "using Floor.B;\nnamespace Floor.A;\npublic class X;", "namespace Floor.B;\nclass Y;")]
    [InlineData(
        "Floor.A -> Floor.B -> Floor.A",
        "using Floor.B;\nnamespace Floor.A;\nclass X;", "using Floor.A;\nnamespace Floor.B;\nclass Y;")]
    [InlineData(
        "Floor.A -> Floor.B -> Floor.A",
        "using Floor.B;\nnamespace Floor.A;\nclass X;", "namespace Floor.B;\nclass Y { Floor.A.X x; }")]
    [InlineData(
        "Floor.A -> Floor.B -> Floor.A",
        "using Floor.B;\nnamespace Floor.A;\nclass X;", "namespace Floor.B;\nclass Y { A.X x; }")]
    [InlineData(
        "Floor -> Floor.B -> Floor",
        "using Floor.B;\nnamespace Floor;\nclass X;", "namespace Floor.B;\nclass Y { X x; }")]
    [InlineData(
        "no circle",
        "using Floor.B;\nnamespace Floor;\nclass X;", "namespace Floor.B;\n/// <summary>X</summary>\nclass Y;")]
    public void A_circle_is_found_however_a_room_is_named(string expected, params string[] files)
    {
        var rooms = new Rooms(files.Select((text, i) => new SourceFile($"{i}.cs", text.Split('\n'))), "Floor");
        Assert.Equal(expected, rooms.Circles().FirstOrDefault("no circle").Split(':')[0]);
    }

    private static IEnumerable<SourceFile> FilesOf(string folder) => SourceTree.CSharp.Where(file =>
        file.IsIn(folder) && !Nested.Any(inner => inner.StartsWith(folder + "/", StringComparison.Ordinal)
            && file.IsIn(inner)));
}
