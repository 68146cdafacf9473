import Model

let (loss, gradient) = Building.valueAndGradient(startingTemp: 33.3, tube: Tube().numbers)
print("the floor misses its goal by", loss)
print("a warmer start adds", gradient.startingTemp)
print("a wider tube adds", gradient.tube[1])

let cabin = CabinBuilding.valueGradientAndHessian(hours: 8, startingTemp: 20)
print("a better heater of the cabin adds", cabin.gradient.heater)
print("and each kelvin an hour then", cabin.hessian.heater.heater, "more")
