namespace NeuralEdge.Tests;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder of NeuralEdge.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path inside the working copy, in the form of this system.</summary>
    /// <param name="relative">The path below <see cref="Root"/>, with forward slashes.</param>
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    /// <summary>A file that a project of the working copy was built to, in the configuration of the tests.</summary>
    /// <param name="project">The project file's name without its ending.</param>
    /// <param name="file">The file's name.</param>
    public static string OutputOf(string project, string file)
    {
        DirectoryInfo own = new(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, file);
    }

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NeuralEdge.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No NeuralEdge.sln above {AppContext.BaseDirectory}.");
    }
}
