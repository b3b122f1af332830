namespace NeuralEdge.Tests.Cli;

/// <summary>A folder of a test's own, gone when the test is over.</summary>
internal sealed class Scratch : IDisposable
{
    /// <summary>Its full path.</summary>
    internal string Folder { get; } = Directory.CreateTempSubdirectory("neuraledge-test").FullName;

    /// <summary>The path of a file in it.</summary>
    internal string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a text file and returns its path.</summary>
    internal string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Writes a file and returns its path.</summary>
    internal string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    /// <summary>Puts the example files where documents name them.</summary>
    internal void CopyExamples()
    {
        Directory.CreateDirectory(PathOf("tools/examples"));
        foreach (string file in Directory.GetFiles(Repository.PathOf("tools/examples")))
        {
            File.Copy(file, Path.Combine(PathOf("tools/examples"), Path.GetFileName(file)));
        }
    }

    /// <summary>Runs the tool in it.</summary>
    internal ToolResult Run(params string[] arguments) => Tool.Run(Folder, arguments);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
