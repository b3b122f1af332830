using System.Text;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Import;
using NeuralEdge.Learning.Import.Fann;
using NeuralEdge.Learning.Import.Keras;
using NeuralEdge.Learning.Import.Onnx;
using NeuralEdge.Learning.Import.Results;
using NeuralEdge.Learning.Import.TfLite;

namespace NeuralEdge.Learning;

/// <summary>Reads a network out of a file of any kind that is understood, by what is in it and by its name.</summary>
public static class ModelImport
{
    /// <summary>The longest file that is read.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    private const string Offer = "give a network as .onnx, .keras, .h5, .tflite (or the C array of one), .json or FANN's .net";

    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputRefusedException">There is none, or it holds no network that can run on a board.</exception>
    /// <param name="path">The file; an .onnx file may have one with its weights beside it.</param>
    /// <param name="output">The output that is wanted, of a file with several; null: the one that is meant.</param>
    public static ImportedModel Read(string path, string? output = null) =>
        Parse(TextFile.ReadBytes(path, MaximumBytes), path, Path.GetDirectoryName(Path.GetFullPath(path)), output);

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Its name; the sentences of refusals begin with it, and its extension decides where the content does not.</param>
    /// <exception cref="InputRefusedException">It holds no network that can run on a board.</exception>
    public static ImportedModel Parse(byte[] bytes, string name) => Parse(bytes, name, null, null);

    private static ImportedModel Parse(byte[] bytes, string name, string? folder, string? output)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(name);
        RefuseWhatIsNoModel(bytes, name);
        if (TfLiteReader.IsTfLite(bytes))
        {
            return TfLiteReader.Parse(bytes, name, output);
        }

        if (KerasReader.IsHdf5(bytes) || bytes.AsSpan().StartsWith(Zip))
        {
            return KerasReader.Parse(bytes, name, output);
        }

        ReadOnlySpan<byte> start = WithoutMarkAndBlanks(bytes);
        if (start.StartsWith("FANN_F"u8))
        {
            return FannReader.Parse(TextFile.Decode(bytes, name).TrimStart(), name);
        }

        if (start.Length > 0 && start[0] == '{')
        {
            return OfJson(JsonModelReader.Parse(TextFile.Decode(bytes, name), name));
        }

        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".JSON" => OfJson(JsonModelReader.Parse(TextFile.Decode(bytes, name), name)),
            ".ONNX" => OnnxReader.Parse(bytes, name, folder, output),
            ".TFLITE" => TfLiteReader.Parse(bytes, name, output),
            ".H" or ".HPP" or ".HH" or ".C" or ".CC" or ".CPP" or ".CXX" or ".INO" => TfLiteReader.Parse(CArray.Read(TextFile.Decode(bytes, name), name), name, output),
            ".NET" => FannReader.Parse(TextFile.Decode(bytes, name), name),
            _ when bytes[0] == 8 => OnnxReader.Parse(bytes, name, folder, output),
            ".H5" or ".KERAS" or ".HDF5" => KerasReader.Parse(bytes, name, output),
            ".PT" or ".PTH" or ".CKPT" => throw PyTorch(name),
            ".PB" => throw new InputRefusedException($"{name} looks like a TensorFlow graph, which cannot be read; convert it with tf.lite.TFLiteConverter.from_saved_model(FOLDER) and give the .tflite file."),
            ".PKL" or ".JOBLIB" or ".PICKLE" => throw new InputRefusedException($"{name} is a pickled Python object, which cannot be read safely; convert the model with skl2onnx.to_onnx(model, X[:1]) and give the .onnx file."),
            string extension => throw new InputRefusedException($"{name}: what is in this file{(extension.Length > 0 ? $" (\"{extension.ToLowerInvariant()}\")" : "")} is not known; {Offer}."),
        };
    }

    private static ImportedModel OfJson(FloatModel model) =>
        new(model, model.Network.HasProbabilities, NamesInputs: true, []);

    // Downloads go wrong in known ways; each has its own remedy.
    private static void RefuseWhatIsNoModel(byte[] bytes, string name)
    {
        ReadOnlySpan<byte> start = WithoutMarkAndBlanks(bytes);
        if (bytes.Length == 0)
        {
            throw new InputRefusedException($"{name} is empty; download or export it again.");
        }

        if (bytes.AsSpan().StartsWith("NEDG"u8))
        {
            throw new InputRefusedException($"{name} is a model file already; upload it, or look at it with neuraledge inspect.");
        }

        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            throw new InputRefusedException($"{name} is compressed with gzip; unpack it first (gunzip) and give the file inside.");
        }

        if (start.StartsWith("version https://git-lfs"u8))
        {
            throw new InputRefusedException($"{name} is only a git-LFS pointer to the model; fetch the model itself with git lfs pull.");
        }

        if (start.Length > 0 && start[0] == '<')
        {
            throw new InputRefusedException($"{name} is a web page (HTML or XML) and not the model; download the raw file.");
        }

        // The names of what is in an archive stand in it as they are.
        if (bytes.AsSpan().StartsWith(Zip) && !HasExtension(name, ".keras") && bytes.AsSpan().IndexOf("model.weights.h5"u8) < 0)
        {
            throw HasExtension(name, ".pt") || HasExtension(name, ".pth") || HasExtension(name, ".ckpt") || HasExtension(name, ".bin")
                ? PyTorch(name)
                : new InputRefusedException($"{name} is a zip archive; unpack it, and {Offer}.");
        }
    }

    private static bool HasExtension(string name, string extension) => Path.GetExtension(name).Equals(extension, StringComparison.OrdinalIgnoreCase);

    private static InputRefusedException PyTorch(string name) => new(
        $"{name} is a PyTorch file, which cannot be read safely; in Python, torch.onnx.export(model.eval(), torch.zeros(1, INPUTS), \"model.onnx\", external_data=False) writes one that can.");

    private static ReadOnlySpan<byte> WithoutMarkAndBlanks(byte[] bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        rest = rest.StartsWith("\uFEFF"u8) ? rest[3..] : rest;
        return rest.TrimStart(" \t\r\n"u8);
    }
}
