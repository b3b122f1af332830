namespace NeuralEdge.Cli;

internal static class Program
{
    private static int Main()
    {
        Console.Error.WriteLine("No verb is implemented yet.");
        return 1;
    }
}
