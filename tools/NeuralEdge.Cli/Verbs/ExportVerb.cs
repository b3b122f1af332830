using System.CommandLine;
using System.Text;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Conversion.Export;
using NeuralEdge.Conversion.Files;

namespace NeuralEdge.Cli.Verbs;

/// <summary>A network as code, for people who build it into a firmware of their own.</summary>
internal static class ExportVerb
{
    internal static Command Create()
    {
        Argument<string> file = CommonOptions.Model();
        Option<string> source = new("--csharp") { Required = true, HelpName = "FILE.cs", Description = "The C# file to write." };
        Option<string?> className = new("--class") { HelpName = "NAME", Description = "Name of its class; the file's when left out." };
        Option<string?> namespaceName = new("--namespace") { HelpName = "NAME", Description = $"Namespace of the class; {ClassName.DefaultNamespace} when left out." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("export", "Write a network as C# with its weights in the code, for a firmware of your own.") { file, source, className, namespaceName, json };
        command.SetAction(parse =>
        {
            string path = parse.GetRequiredValue(source);
            string model = parse.GetRequiredValue(file);
            ModelFile loaded = ModelFile.Load(model);
            OutputFile.Require(source.Name, path, model);
            ClassName names = ClassName.Choose(path, parse.GetValue(className), parse.GetValue(namespaceName));
            ExportedCode code = CSharpExport.Write(loaded, Path.GetFileName(model), names);
            OutputFile.Write(path, Encoding.UTF8.GetBytes(code.Text));
            if (parse.GetValue(json))
            {
                Show.Json(new
                {
                    digest = Show.Digest(loaded.Model.Digest),
                    file = path,
                    @namespace = names.Namespace,
                    @class = names.Name,
                    methods = code.Methods,
                    codeBytes = code.CodeBytes,
                    codeLimit = CSharpExport.MaxCodeBytes,
                    boardRamBytes = code.HeapBytes,
                });
                return ExitCode.Done;
            }

            Console.Out.WriteLine($"Wrote {path}: class {names.Namespace}.{names.Name}, {code.CodeBytes} of the {CSharpExport.MaxCodeBytes} bytes of code that an assembly of a board holds.");
            Console.Out.WriteLine(code.HeapBytes == 0 ? "It takes none of the board's RAM." : $"It takes {code.HeapBytes} bytes of the board's RAM from its first inference on, none of them for weights.");
            if (loaded.HasWindows)
            {
                Console.Out.WriteLine("It is the network alone: its inputs are features of windows, which WindowStage of NeuralEdge computes of samples, with the section of windows that the model file has.");
            }

            Console.Out.WriteLine($"Next: add the file to a project that has NeuralEdge, and call {names.Name}.Forward(inputs, outputs); the head of the file says what the integers mean.");
            return ExitCode.Done;
        });
        return command;
    }
}
