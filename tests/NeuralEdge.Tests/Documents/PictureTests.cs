using System.Xml.Linq;
using NeuralEdge.Generators.Pictures;

namespace NeuralEdge.Tests.Documents;

/// <summary>The pictures are XML, and the README's is what the board's loop does with the demo's bed.</summary>
[TestClass]
public sealed class PictureTests
{
    [TestMethod]
    public void TheGreenhouseIsDrawnFromTheExamplesLogAndTheBoardsLoop() => Assert.AreEqual(
        GreenhousePicture.Write(Repository.Root),
        File.ReadAllText(Repository.PathOf(GreenhousePicture.Path)).ReplaceLineEndings("\n"),
        "run: dotnet run --project tools/NeuralEdge.Generators");

    [TestMethod]
    public void EveryPictureIsXmlWithATitle()
    {
        foreach (string file in Directory.GetFiles(Repository.PathOf(".github/images"), "*.svg"))
        {
            Assert.IsTrue(XElement.Load(file).Elements().Any(element => element.Name.LocalName == "title"), file);
            Assert.IsTrue(Document.All.Any(document => document.Links.Any(link => link.EndsWith(Path.GetFileName(file), StringComparison.Ordinal))), $"no document shows {file}");
        }
    }

    [TestMethod]
    public void TheReadmeBeginsWithTheStudioAndItsPicturesAreSmall()
    {
        StringAssert.EndsWith(new Document("README.md").Links.First(link => link.EndsWith(".png", StringComparison.Ordinal) || link.EndsWith(".svg", StringComparison.Ordinal)), "studio-watch.png");
        foreach (string page in new[] { "record", "train", "watch" })
        {
            byte[] picture = File.ReadAllBytes(Repository.PathOf($".github/images/studio-{page}.png"));
            Assert.IsLessThan(150_000, picture.Length, page);
            Assert.AreEqual(1280, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)), page);
        }
    }
}
