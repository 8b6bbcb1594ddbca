// Builds a folder as Flux's kustomize-controller does, by its own library: kustomize, then the substitution that the
// Kustomization in FILE asks for in spec.postBuild. A variable without a value is an error.
//
//	flux-build FOLDER FILE
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

func main() {
	built, err := build(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(string(built))
}

func build(folder, file string) ([]byte, error) {
	var wanted unstructured.Unstructured
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := yaml.Unmarshal(text, &wanted.Object); err != nil {
		return nil, err
	}
	objects, err := kustomize.SecureBuild("/", folder, false)
	if err != nil {
		return nil, err
	}
	for _, object := range objects.Resources() {
		substituted, err := kustomize.SubstituteVariables(context.Background(), nil, wanted, object,
			kustomize.SubstituteWithDryRun(true), kustomize.SubstituteWithStrict(true))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", object.CurId(), err)
		}
		if substituted != nil {
			if _, err := objects.Replace(substituted); err != nil {
				return nil, err
			}
		}
	}
	return objects.AsYaml()
}
